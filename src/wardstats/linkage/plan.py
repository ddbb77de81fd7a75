"""The plan of a linkage: what is compared and how, which equal keys are enough, which pairs are looked at at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Key = tuple[str, ...]


class Likeness(Enum):
    """How the values of a field can be alike without being the same."""

    FULL_NAME = "full name"
    """Given name and surname, in two columns, also the wrong way round."""
    NAME = "name"
    """One name, misspelt or shortened."""
    DATE = "date"
    """A day, mistyped, or off by a month, a year or ten."""
    NUMBER = "number"
    """A number or code, with up to two characters mistyped or swapped."""
    SAME = "same"
    """Not at all: the same or not."""


@dataclass(frozen=True)
class Field:
    """One thing that two records are compared by.

    Attributes
    ----------
    columns
        The column that holds it; two for a full name.
    likeness
        How values may be alike.
    rarity
        Whether sharing a rare value says more than sharing a common one.
    date_format
        How a day is written, in the signs of strptime.
    """

    columns: Key
    likeness: Likeness
    rarity: bool = False
    date_format: str = "%Y-%m-%d"

    def __post_init__(self) -> None:
        expected = 2 if self.likeness is Likeness.FULL_NAME else 1
        if len(self.columns) != expected:
            raise ValueError(f"a {self.likeness.value} has {expected} columns, not {len(self.columns)}")
        if self.rarity and self.likeness is Likeness.FULL_NAME:
            raise ValueError("how rare a full name is is not looked at")


@dataclass(frozen=True)
class LinkagePlan:
    """How records are linked, decided and kept before any record is looked at.

    Attributes
    ----------
    exact_keys
        Records with all columns of one of these the same are linked without more; where one is missing they are not.
    fields
        What the others are compared by. None: only exact keys link.
    candidates
        Pairs are compared where all columns of one of these are the same: many and different ones miss few.
    training
        Keys as for candidates, within which the model learns how often true matches differ. A field learns only from
        keys it is no part of. The candidates if empty.
    exact_recall
        The share of true matches that the exact keys are thought to find.
    most_alike
        An exact key that more records share is no key but a way of writing "unknown", and is refused.
    """

    exact_keys: tuple[Key, ...]
    fields: tuple[Field, ...] = ()
    candidates: tuple[Key, ...] = ()
    training: tuple[Key, ...] = ()
    exact_recall: float = 0.8
    most_alike: int = 50

    def __post_init__(self) -> None:
        if not self.exact_keys or not all((*self.exact_keys, *self.candidates, *self.training)):
            raise ValueError("a plan has exact keys, and every key has a column")
        if not 0 < self.exact_recall <= 1:
            raise ValueError(f"recall is a share above 0, not {self.exact_recall}")
        if self.fields and not self.candidates:
            raise ValueError("fields are compared only where there are candidates")
        for field in self.fields:
            if all(set(field.columns) & set(key) for key in self.learned_from):
                raise ValueError(
                    f"{' and '.join(field.columns)}: every key for training holds it, so it learns nothing"
                )

    @property
    def learned_from(self) -> tuple[Key, ...]:
        """The keys that the model is trained within."""
        return self.training or self.candidates

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        keys = (*self.exact_keys, *(field.columns for field in self.fields), *self.candidates, *self.training)
        return tuple(dict.fromkeys(column for key in keys for column in key))
