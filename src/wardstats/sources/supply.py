"""Finding the files of a supply: a single file, a zip, or a folder of months; and opening each safely."""

from __future__ import annotations

import gzip
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, cast

from wardstats.sources.grammar import MONTH
from wardstats.sources.reading import Limits, PassedOver
from wardstats.sources.refusal import UnableToRead

DOWNLOAD_AGAIN = "Download it again and send that"
NotOneOfThese = Callable[[str], str | None]


@dataclass(frozen=True)
class Member:
    """One file of a supply: its name there, the file that it lies in, its size as it lies, and its zip if it has one.

    ``rows_above`` is how many rows of a spreadsheet stood above the headings, so that rows are numbered as there;
    ``is_written_out`` that ``source`` is a plain file whatever its name says.
    """

    name: str
    source: Path
    packed: int
    archive: zipfile.ZipFile | None = None
    rows_above: int = 0
    is_written_out: bool = False

    @property
    def stem(self) -> str:
        """The name without folders and endings, which the table keeps as ``source_file``; odd characters are replaced."""
        name = re.sub(r"(\.csv|\.xlsx|\.parquet)?(\.gz)?$", "", PurePosixPath(self.name).name, flags=re.IGNORECASE)
        return re.sub(r"[^\w .,()-]", "_", name)[:200]

    @property
    def month(self) -> date | None:
        """The month that the name begins with, if it does."""
        found = re.match(MONTH, self.stem)
        return date.fromisoformat(f"{found[0]}-01") if found else None

    @property
    def unit(self) -> str:
        """The stem without its month: what is published again each month."""
        return re.sub(f"^{MONTH}-", "", self.stem)

    @property
    def plain(self) -> Path | None:
        """The file itself, where it lies unpacked."""
        return None if self.archive is not None or self._is_packed else self.source

    @property
    def _is_packed(self) -> bool:
        return self.name.lower().endswith(".gz") and not self.is_written_out

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The file's bytes, unpacked as they are read."""
        with ExitStack() as stack:
            stream: IO[bytes]
            if self.archive is None:
                stream = stack.enter_context(self.source.open("rb"))
            else:
                stream = stack.enter_context(_unpacked(self.archive, self.name))
            if self._is_packed:
                stream = stack.enter_context(cast(IO[bytes], gzip.GzipFile(fileobj=stream)))
            yield stream


def _unpacked(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A file within a zip; a directory that points outside the zip is damage like any other."""
    try:
        return archive.open(name)
    except (OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise zipfile.BadZipFile(f"the place of {name} in the zip is not right ({fault})") from fault


@contextmanager
def opened(source: Path, *, unfit: NotOneOfThese, limits: Limits) -> Iterator[tuple[list[Member], list[PassedOver]]]:
    """The files to read, in the order of their names, and those to pass over with the reason.

    Raises
    ------
    UnableToRead
        If there is nothing to read, two files have one name, or a zip is not safe to open.
    """
    with ExitStack() as stack:
        if source.is_dir():
            found, passed_over = _sorted_out(_in_folder(source, limits), unfit)
        elif _is_zip(source):
            found, passed_over = _sorted_out(_in_zip(stack.enter_context(_archive(source)), source, limits), unfit)
        elif source.is_file():
            found, passed_over = [Member(source.name, source, source.stat().st_size)], []
        else:
            raise UnableToRead(
                source.name, found="there is no such file", expected="a file or folder", what_to_do="Check the name"
            )
        if not found:
            raise _nothing_to_read(source, passed_over)
        _refuse_two_of_one_name(found)
        yield found, passed_over


def _sorted_out(all_of_them: list[Member], unfit: NotOneOfThese) -> tuple[list[Member], list[PassedOver]]:
    found, passed_over = [], []
    for member in sorted(all_of_them, key=lambda m: m.name):
        because = _not_a_table(member.name) or unfit(member.name)
        if because:
            passed_over.append(PassedOver(member.name, because))
        else:
            found.append(member)
    return found, passed_over


def _not_a_table(name: str) -> str | None:
    if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts):
        return "it is a hidden file of whoever packed it"
    return None if re.search(r"\.csv(\.gz)?$", name, re.IGNORECASE) else "it is not a CSV file"


def _in_folder(folder: Path, limits: Limits) -> list[Member]:
    """Every file below a folder; links are not followed, so that nothing outside it is read."""
    found = []
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        found.append(Member(path.relative_to(folder).as_posix(), path, path.stat().st_size))
        _refuse_too_many(folder, len(found), limits)
    return found


def _is_zip(source: Path) -> bool:
    if not source.is_file():
        return False
    with source.open("rb") as file:
        return source.suffix.lower() == ".zip" or file.read(4) == b"PK\x03\x04"


def _archive(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        found = f"the zip is damaged or cut short ({error})"
        raise UnableToRead(source.name, found=found, expected="a whole zip", what_to_do=DOWNLOAD_AGAIN) from error


def _in_zip(archive: zipfile.ZipFile, source: Path, limits: Limits) -> list[Member]:
    entries = archive.infolist()
    _refuse_too_many(source, len(entries), limits)
    _refuse_workbook(source, {entry.filename for entry in entries})
    for entry in entries:
        refuse_unsafe(source.name, entry, limits)
    _refuse_too_big(source, entries, limits)
    return [Member(e.filename, source, e.compress_size, archive) for e in entries if not e.is_dir()]


def _refuse_too_many(source: Path, entries: int, limits: Limits) -> None:
    if entries > limits.entries:
        raise UnableToRead(
            source.name,
            found=f"it holds more than {limits.entries:,} files",
            expected="one file a force and month",
            what_to_do="Send fewer months at a time",
        )


def _refuse_workbook(source: Path, names: set[str]) -> None:
    if "[Content_Types].xml" in names:
        raise UnableToRead(
            source.name,
            found="it is an Excel workbook or another Office document",
            expected="a CSV file",
            what_to_do="Save the sheet as “CSV UTF-8” and send that",
        )


def refuse_unsafe(
    inside: str, entry: zipfile.ZipInfo, limits: Limits, *, expected: str = "plain CSV files, one folder a month"
) -> None:
    """Refuse a part of a zip that leads out of it, is hidden, or swells. Raises UnableToRead."""
    name = f"{inside}/{entry.filename}"[:300]
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        found = "its name leads out of the zip"
    elif entry.flag_bits & 0x1:
        found = "it is encrypted"
    elif stat.S_ISLNK(entry.external_attr >> 16):
        found = "it is a link to another file"
    elif re.search(r"\.(zip|7z|rar|tar|tgz)$", entry.filename, re.IGNORECASE):
        found = "it is an archive within the archive"
    elif entry.file_size > limits.file_bytes or entry.file_size > max(1 << 20, entry.compress_size * limits.ratio):
        found = f"it says that it unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}"
    else:
        return
    raise UnableToRead(name, found=found, expected=expected, what_to_do=DOWNLOAD_AGAIN)


def _refuse_too_big(source: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.supply_bytes or unpacked > max(1 << 24, source.stat().st_size * limits.ratio):
        raise UnableToRead(
            source.name,
            found=f"it says that it unpacks to {unpacked:,} bytes from {source.stat().st_size:,}",
            expected=f"at most {limits.supply_bytes:,} bytes",
            what_to_do="Send fewer months at a time",
        )


def _nothing_to_read(source: Path, passed_over: list[PassedOver]) -> UnableToRead:
    first = f", and {passed_over[0].file} was passed over because {passed_over[0].because}" if passed_over else ""
    return UnableToRead(
        source.name,
        found=f"there is no file to read in it{first}",
        expected="CSV files named as they were downloaded",
        what_to_do="Send the download as it is, or one of its files",
    )


def _refuse_two_of_one_name(found: list[Member]) -> None:
    seen: dict[str, str] = {}
    for member in found:
        if member.stem in seen:
            raise UnableToRead(
                member.name,
                found=f"it has the same name as {seen[member.stem]}",
                expected="each file once",
                what_to_do="Leave out the one that is not wanted",
            )
        seen[member.stem] = member.name
