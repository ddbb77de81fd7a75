"""A digest of rows, as opposed to the bytes of the file that they happen to lie in."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 1 << 17


def content_of(rows: Path, *, threads: int = 1) -> str:
    """Digest the rows of a Parquet file in their order: the same however they are grouped, packed or encoded.

    Each column is digested by itself, lengths before characters, so that no two tables run together; the digests of
    the columns and their names are then digested in turn.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> table = pa.table({"area_code": ["E01", None, "E02"], "count": [1, 2, 3]})
    >>> with TemporaryDirectory() as folder:
    ...     one, other = Path(folder, "one"), Path(folder, "other")
    ...     pq.write_table(table, one, compression="zstd")
    ...     pq.write_table(table, other, row_group_size=1, use_dictionary=False)
    ...     content_of(one) == content_of(other)
    True
    """
    schema = pq.read_schema(rows)
    with ThreadPoolExecutor(threads) as pool:
        digests = pool.map(lambda name: _column(rows, name), schema.names)
    total = hashlib.sha256(str(pq.read_metadata(rows).num_rows).encode())
    for name, digest in zip(schema.names, digests, strict=True):
        total.update(name.encode() + b"\0" + digest)
    return total.hexdigest()


def _column(rows: Path, name: str) -> bytes:
    digest = hashlib.sha256()
    with pq.ParquetFile(rows) as file:
        for batch in file.iter_batches(BATCH, columns=[name], use_threads=False):
            _add(digest, batch.column(0))
    return digest.digest()


def _add(digest: hashlib._Hash, values: pa.Array) -> None:
    """Add which values are absent, then the others: numbers as they lie, text as lengths and characters."""
    if values.null_count:
        absent = np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False))
        digest.update(np.diff(absent, prepend=0).astype(np.int64).tobytes())
        values = values.drop_null()
    if not pa.types.is_string(values.type):
        digest.update(values.to_numpy(zero_copy_only=False).tobytes())
        return
    _, offsets, characters = values.buffers()
    bounds = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    digest.update(np.diff(bounds).tobytes())
    if characters is not None:
        digest.update(memoryview(characters)[bounds[0] : bounds[-1]])
