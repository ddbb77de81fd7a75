"""The cast of the tests is the cast of the demonstration."""

from wardwell.jobs.cast import CAST, Persona

__all__ = ["CAST", "Persona"]
