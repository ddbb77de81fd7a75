"""Anil's draft on the desk, as the pages show it."""

from __future__ import annotations

from tests.wardwell.assessment.conftest import desk, drafted, wolverhampton

__all__ = ["desk", "drafted", "wolverhampton"]
