"""What the kinds of records are called on screen."""

from __future__ import annotations

import re


def kind_in_words(kind: str) -> str:
    """A kind as people say it.

    >>> kind_in_words("meetings.SeatHolding"), kind_in_words("access.Grant")
    ('Meetings: seat holding', 'Access: grant')
    """
    package, _, model = kind.partition(".")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", model).lower()
    return f"{package.capitalize()}: {words}" if words else package.capitalize()
