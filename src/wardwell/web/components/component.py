"""What anything that can be shown has in common."""

from __future__ import annotations

from typing import ClassVar, Protocol


class Component(Protocol):
    """Something that can be shown: its template receives it as `it`, and nothing else is needed to print it."""

    template: ClassVar[str]
