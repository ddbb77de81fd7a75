"""For whatever comes in: rows in are rows accepted and rows set aside, or nothing is kept at all."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wardstats.sources.street_rows import GOOD, HEADER
from wardstats import sources

NAME = "2014-01-west-midlands-street.csv"
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.sampled_from(
    [
        *GOOD.values(),
        "-1.5",
        "north",
        "2014-02",
        "E01",
        '"',
        '"a,b"',
        "-",
        "-5 Road",
        "é",
        "\r",
        "a\tb",
        "No Location",
        "nan",
    ]
)
ROWS = st.lists(st.one_of(st.just(list(GOOD.values())), st.lists(CELLS, min_size=10, max_size=13)), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Files that are nearly right: good rows with a few cells changed, and lines with anything in them."""
    lines = []
    for row in draw(ROWS):
        if draw(st.booleans()):
            row = list(GOOD.values())
            row[draw(st.integers(0, len(row) - 1))] = draw(CELLS)
        lines.append(",".join(row))
    end = draw(ENDS)
    return (HEADER + end + "".join(line + draw(st.sampled_from([end, end, end, "\n"])) for line in lines)).encode()


def try_to_read(name: str, content: bytes, *, text: bytes | None = None) -> None:
    """Read it, or see it refused whole; where the text is given, every line of it must be accounted for."""
    with tempfile.TemporaryDirectory() as folder:
        source, staging = Path(folder, name), Path(folder, "into")
        source.write_bytes(content)
        try:
            reading = sources.read(source, into=staging, table="street_crime", limits=sources.Limits(threads=1))
        except sources.UnableToRead:
            assert list(staging.iterdir()) == []
            return
        if text is not None:
            lines = [line for line in text.decode().split("\n")[1:] if line.strip()]
            assert reading.rows_in == len(lines)
        accounted(reading, staging)


def accounted(reading: sources.Reading, staging: Path) -> None:
    """Everything in the account agrees with everything else, and with the files."""
    rows, aside = pq.read_table(reading.rows), pq.read_table(reading.quarantine)
    assert sorted(path.name for path in staging.iterdir()) == ["quarantine.parquet", "rows.parquet"]
    assert (rows.num_rows, aside.num_rows) == (reading.accepted, reading.quarantined)
    for part in (*reading.files, *reading.reconciliation):
        assert part.rows_in == part.accepted + part.quarantined
    assert sum(line.rows_in for line in reading.reconciliation) == reading.rows_in
    assert Counter(aside["reason"].to_pylist()) == {reason.code: reason.rows for reason in reading.reasons}
    kept = Counter((row["source_file"], row["month"], row["crime_type"]) for row in rows.to_pylist())
    stated = Counter()
    for line in reading.reconciliation:
        if line.accepted:
            stated[Path(line.file).name.split(".")[0], line.month, line.crime_type] += line.accepted
    assert kept == stated


@SLOW
@given(mutated())
def test_nothing_is_lost_from_a_file_that_is_nearly_right(content: bytes) -> None:
    try_to_read(NAME, content, text=content)


@SLOW
@given(mutated())
def test_nor_when_it_is_packed(content: bytes) -> None:
    try_to_read(f"{NAME}.gz", gzip.compress(content), text=content)


@SLOW
@given(st.binary(max_size=400), st.booleans())
def test_bytes_of_any_kind_are_read_or_refused(content: bytes, headed: bool) -> None:
    try_to_read(NAME, HEADER.encode() + b"\n" + content if headed else content)


@SLOW
@given(st.data())
def test_a_zip_with_any_byte_altered_is_read_whole_or_refused(data: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, "\n".join([HEADER, *[",".join(GOOD.values())] * 50]))
    content = bytearray(buffer.getvalue())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))

    try_to_read("a.zip", bytes(content))


@settings(deadline=None, max_examples=10)
@given(st.lists(mutated(), min_size=2, max_size=4))
def test_several_files_are_read_together_or_not_at_all(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        supply, staging = Path(folder, "supply"), Path(folder, "into")
        supply.mkdir()
        for number, content in enumerate(contents):
            (supply / f"2014-01-force-{number}-street.csv").write_bytes(content)
        try:
            reading = sources.read(supply, into=staging, table="street_crime", limits=sources.Limits(threads=1))
        except sources.UnableToRead:
            assert list(staging.iterdir()) == []
        else:
            accounted(reading, staging)
