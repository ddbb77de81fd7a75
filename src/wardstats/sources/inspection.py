"""One pass over a file's bytes: its digest, its size, and whether it is text that can be read at all.

The pass is made of searches that run at memory speed. What they cannot decide by themselves, such as whether an
equals sign begins a cell, only marks the file as one to be read with care, line by line.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from gzip import BadGzipFile
from pathlib import Path
from typing import IO, NoReturn
from zipfile import BadZipFile

from wardstats.sources.grammar import Grammar, Headings
from wardstats.sources.reading import Limits
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.supply import DOWNLOAD_AGAIN, Member

CHUNK = 1 << 20
FORMULA_SIGNS = (b"=", b"+", b"@", b"\t")
DAMAGE = (EOFError, BadGzipFile, BadZipFile, zlib.error)
NOT_TEXT = (
    (re.compile(rb"\s*<(!doctype|html|\?xml|head|body)", re.IGNORECASE), "it is a web page", DOWNLOAD_AGAIN),
    (
        re.compile(rb"PK\x03\x04"),
        "it is a workbook or a zip under another name",
        "Save the sheet as “CSV UTF-8” and send that",
    ),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "it is an old Excel workbook", "Save the sheet as “CSV UTF-8” and send that"),
    (re.compile(rb"\x1f\x8b"), "it is packed by gzip but not named .gz", "Name it .csv.gz, or unpack it"),
    (re.compile(rb"\xff\xfe|\xfe\xff"), "it is written as UTF-16", "Save the sheet as “CSV UTF-8” and send that"),
    (re.compile(rb"PAR1"), "it is a Parquet file", "Send the CSV file"),
)


@dataclass(frozen=True)
class Inspected:
    """A file that is text of the right kind, and where its plain bytes lie.

    ``lines`` are those below the headings, blank ones included. ``needs_care`` says that it holds something that only
    reading line by line can judge: quotation marks, signs that begin formulas, stray carriage returns.
    """

    member: Member
    path: Path
    sha256: str
    bytes: int
    lines: int
    headings: Headings
    has_carriage_returns: bool
    needs_care: bool


@dataclass
class _Scan:
    """The state of one pass."""

    name: str
    limits: Limits
    ceiling: int
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    size: int = 0
    newlines: int = 0
    returns: int = 0
    pairs: int = 0
    unended: int = 0
    last: bytes = b""
    first: bytes = b""
    needs_care: bool = False

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        self.size += len(chunk)
        if self.size > self.ceiling:
            self.refuse(
                f"it unpacks to more than {self.ceiling:,} bytes", "a street or count file", "Send fewer rows at a time"
            )
        self.digest.update(chunk)
        self._refuse_control_characters(chunk)
        self._count_lines(chunk)
        self._count_returns(chunk)
        self.needs_care = self.needs_care or b'"' in chunk or any(sign in chunk for sign in FORMULA_SIGNS)
        self.last = chunk[-1:]

    def _refuse_control_characters(self, chunk: bytes) -> None:
        if b"\0" in chunk:
            row = self.newlines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
            self.refuse("there is a null byte", "text", DOWNLOAD_AGAIN, row)
        if not chunk.isascii() or self.decoder.getstate()[0]:
            self._decode(chunk)

    def _decode(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self.decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            row = self.newlines + error.object[: error.start].count(b"\n") + 1
            byte = error.object[error.start]
            self.refuse(f"byte {byte:#04x} is not UTF-8", "text in UTF-8", "Save it as “CSV UTF-8” and send that", row)

    def _count_lines(self, chunk: bytes) -> None:
        self.newlines += chunk.count(b"\n")
        start, longest = -self.unended, self.limits.line_bytes
        while start + longest < len(chunk):
            end = chunk.rfind(b"\n", max(start, 0), max(start + longest, 0))
            if end < 0:
                row = self.newlines - chunk[max(start, 0) :].count(b"\n") + 1
                self.refuse(f"the line is longer than {longest:,} bytes", "a line a row", DOWNLOAD_AGAIN, row)
            start = end + 1
        last = chunk.rfind(b"\n")
        self.unended = self.unended + len(chunk) if last < 0 else len(chunk) - last - 1

    def _count_returns(self, chunk: bytes) -> None:
        returns = chunk.count(b"\r")
        if returns:
            self.pairs += chunk.count(b"\r\n")
        self.pairs += self.last == b"\r" and chunk[:1] == b"\n"
        self.returns += returns

    def finish(self) -> None:
        """Decide what only the end can tell."""
        self._decode(b"", final=True)
        self.needs_care = self.needs_care or self.returns != self.pairs or 0 < self.pairs < self.newlines

    def refuse(self, found: str, expected: str, what_to_do: str, row: int | None = None) -> NoReturn:
        raise UnableToRead(self.name, row=row, found=found, expected=expected, what_to_do=what_to_do)


def inspect(member: Member, *, grammar: Grammar, place: Path, limits: Limits) -> Inspected:
    """Look at every byte of a file once, unpacking it if it is packed.

    Its plain bytes are then found at ``place``: a file that is plain already is read where it lies, and only linked
    to; should it change meanwhile, that is found out.

    Raises
    ------
    UnableToRead
        If it is too big, damaged, empty, not text in UTF-8, has a line without end, or the wrong headings.
    """
    before = _state(member.source)
    scan = _Scan(member.name, limits, ceiling=_ceiling(member, limits))
    try:
        for chunk in _chunks(member, place):
            if not scan.size:
                scan.first = chunk[: limits.line_bytes + 4]
                _refuse_other_kinds(scan)
            scan.take(chunk)
    except DAMAGE as error:
        scan.refuse(f"the file is damaged or cut short ({error})", "a whole file", DOWNLOAD_AGAIN)
    except (RuntimeError, NotImplementedError) as error:
        scan.refuse(f"the file cannot be unpacked ({error})", "a plain zip", "Pack it again without a password")
    scan.finish()
    if _state(member.source) != before:
        scan.refuse("the file changed while it was being read", "a finished file", "Try again when it is complete")
    return _inspected(member, scan, grammar, place)


def _inspected(member: Member, scan: _Scan, grammar: Grammar, place: Path) -> Inspected:
    headings = scan.first.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").rstrip("\r")
    if not headings.strip() and scan.newlines <= 1:
        scan.refuse("there is nothing in it", "headings and rows", DOWNLOAD_AGAIN)
    return Inspected(
        member=member,
        path=place,
        sha256=scan.digest.hexdigest(),
        bytes=scan.size,
        lines=scan.newlines + (scan.last not in (b"\n", b"")) - 1,
        headings=grammar.headings_of(member.name, headings),
        has_carriage_returns=scan.pairs > 0,
        needs_care=scan.needs_care,
    )


def _chunks(member: Member, place: Path) -> Iterator[bytes]:
    with member.open() as stream:
        if member.plain is not None:
            place.symlink_to(member.plain.absolute())
            yield from _read(stream)
            return
        with place.open("wb") as unpacked:
            for chunk in _read(stream):
                unpacked.write(chunk)
                yield chunk


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _ceiling(member: Member, limits: Limits) -> int:
    packed = limits.file_bytes if member.plain is not None else max(1 << 20, member.packed * limits.ratio)
    return min(limits.file_bytes, packed)


def _state(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino


def _refuse_other_kinds(scan: _Scan) -> None:
    for start, found, what_to_do in NOT_TEXT:
        if start.match(scan.first):
            scan.refuse(found, "a CSV file", what_to_do)
