"""The version of the library, which every result carries."""

LIBRARY_VERSION = "0.1.0"
