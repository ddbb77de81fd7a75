"""A file that is not what it says is refused whole, with the place at fault and what to do about it."""

from __future__ import annotations


class UnableToRead(ValueError):
    """A supply cannot be read, and nothing of it was kept.

    Parameters
    ----------
    file
        The file, as its supplier named it.
    row
        The line at fault as a spreadsheet numbers it, the headings being 1; ``None`` where it is the file as a whole.
    column
        The heading of the column at fault, if it is one column.
    found, expected, what_to_do
        What is there, what should be, and the next step for whoever sent it: parts of sentences.

    Examples
    --------
    >>> raise UnableToRead("a.csv", found="there is nothing in it", expected="headings and rows", what_to_do="Download it again")
    Traceback (most recent call last):
    ...
    wardstats.sources.refusal.UnableToRead: a.csv: there is nothing in it; expected headings and rows. Download it again.
    """

    def __init__(
        self,
        file: str,
        *,
        found: str,
        expected: str,
        what_to_do: str,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file, self.row, self.column = file, row, column
        self.found, self.expected, self.what_to_do = found, expected, what_to_do
        where = file + (f", row {row:,}" if row is not None else "") + (f", column “{column}”" if column else "")
        super().__init__(f"{where}: {found}; expected {expected}. {what_to_do}.")
