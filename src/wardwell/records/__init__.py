"""Anything kept: how sensitive it is, how long it stays, how it is destroyed."""
