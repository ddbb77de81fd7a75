"""The connection is closed to networks and to later changes of mind."""

from __future__ import annotations

from pathlib import Path

import duckdb as driver
import pytest

from wardstats.engines import duckdb


def test_an_address_is_not_a_file() -> None:
    with pytest.raises(driver.Error, match="httpfs"):
        duckdb.connect().con.execute("select * from read_csv('https://example.invalid/a.csv')")


def test_settings_are_locked() -> None:
    with pytest.raises(driver.InvalidInputException, match="locked"):
        duckdb.connect().con.execute("set autoload_known_extensions = true")


def test_nothing_is_written_without_a_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    con = duckdb.connect(memory_limit="100MB", threads=1).con
    with pytest.raises(driver.OutOfMemoryException):
        con.execute("select * from (select random() as r, repeat('x', 99) from range(5000000)) order by r").fetchmany(1)
    assert list(empty.iterdir()) == []
