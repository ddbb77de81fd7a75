"""A submission is refused whole, with where, what was found, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from wardstats import sources
from wardwell.evidence.parts import PartFound
from wardwell.evidence.rules import counted, doubled


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a submission was refused, as kept with it."""

    sentence: str
    file: str
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    what_to_do: str = ""

    @property
    def kept(self) -> dict[str, str | int | None]:
        """As it is kept with the submission."""
        return asdict(self)


def of_unreadable(fault: sources.UnableToRead) -> Refusal:
    """A file that is not what it says."""
    return Refusal(
        sentence=str(fault),
        file=fault.file,
        row=fault.row,
        column=fault.column or "",
        found=fault.found,
        expected=fault.expected,
        what_to_do=fault.what_to_do,
    )


def of_parts(parts: Sequence[PartFound]) -> Refusal | None:
    """What is wrong with the files taken together, though each could be read; None when nothing is."""
    twice = doubled([part.key for part in parts])
    if twice is not None:
        return _of_twice(parts, *twice)
    for name in sorted({part.file_name for part in parts}):
        of_file = [part for part in parts if part.file_name == name]
        if any(part.rows_in for part in of_file) and not any(part.accepted for part in of_file):
            return _of_nothing(name, sum(part.rows_in for part in of_file))
    return None


def _of_twice(parts: Sequence[PartFound], unit: str, month: date | None) -> Refusal:
    names = [part.file_name for part in parts if part.key == (unit, month)]
    when = f"{month:%B %Y}" if month else "the same table"
    what_to_do = "Send only the one that is to count."
    sentence = f"{' and '.join(names)} both give {when} of {unit}, so nobody could say which counts. {what_to_do}"
    return Refusal(sentence, file=names[-1], found=f"{when} twice", expected="each month once", what_to_do=what_to_do)


def _of_nothing(name: str, rows_in: int) -> Refusal:
    what_to_do = (
        "Look whether the file's name and its rows tell of the same month, and whether it belongs to this dataset."
    )
    sentence = (
        f"{name}: not one of its {counted(rows_in, 'row')} could be accepted, so it would replace what is kept by nothing. "
        f"{what_to_do}"
    )
    return Refusal(sentence, file=name, found="no acceptable row", expected="at least one", what_to_do=what_to_do)
