"""The contracts themselves, and what happens to data that do not keep them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from wardstats import tables


@pytest.mark.parametrize("table", tables.ALL.values(), ids=lambda table: table.name)
def test_every_contract_accepts_its_own_shape_and_says_what_everything_means(table: tables.Table) -> None:
    tables.check(table, table.arrow)
    assert set(table.key) <= {column.name for column in table.columns}
    assert all(column.meaning.endswith(".") for column in table.columns)


@pytest.mark.parametrize(
    ("schema", "column", "found"),
    [
        (tables.POPULATION.arrow.remove(0), "area_code", "is missing"),
        (tables.POPULATION.arrow.set(1, pa.field("population", pa.float64())), "population", "is double"),
        (tables.POPULATION.arrow.append(pa.field("sex", pa.string())), "sex", "is not in the contract"),
        (pa.schema(list(reversed(list(tables.POPULATION.arrow)))), "source", "is out of order"),
    ],
)
def test_the_column_at_fault_is_named(schema: pa.Schema, column: str, found: str) -> None:
    with pytest.raises(tables.UnableToAccept) as raised:
        tables.check(tables.POPULATION, schema)
    assert (raised.value.column, raised.value.found) == (column, found)
