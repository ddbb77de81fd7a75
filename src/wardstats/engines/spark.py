"""Apache Spark, for rows that one machine does not hold: the same expressions, run by a cluster.

This module needs ``pyspark`` and a Java of version 17 or newer, which the library itself does not.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

LOCAL_CLUSTER = "local-cluster[2,1,1024]"
"""A cluster on this machine: two executors of one core and 1,024 MB, each a process of its own."""
LOCAL_THREADS = "local[2]"
"""Two threads of one process, where such a cluster cannot be started."""
LOOPBACK = "127.0.0.1"
SECONDS_TO_JOIN = 60


class UnableToStart(Exception):
    """No cluster could be reached or started; the sentence says why."""


class Spark:
    """Spark as an engine: in UTC, with the errors of ANSI SQL in place of silent nulls.

    Kept files are read by their paths, so every executor must see them under the same path: a shared folder, or
    addresses of an object store that the session is set up for. End it with :meth:`close`, or use it in a ``with``.

    Parameters
    ----------
    session
        A session of a cluster that is there already. Without one, a cluster of two executors is started on this
        machine, which listens on the loopback address only; where that fails, two threads of one process, and
        :attr:`where` says so.

    Raises
    ------
    UnableToStart
        If there is no Java, or the cluster does not come up.
    """

    def __init__(self, session: SparkSession | None = None) -> None:
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self.where = "a cluster that was there already"
        if session is None:
            self._own = tempfile.TemporaryDirectory(prefix="wardstats-spark-")
            session, self.where = _local(Path(self._own.name))
        self.session = session
        self.session.conf.set("spark.sql.ansi.enabled", "true")
        self._backend = ibis.pyspark.connect(self.session)

    def read(self, path: Path) -> ibis.Table:
        """The rows of a Parquet file, or of a folder of them, by its path."""
        return self._backend.read_parquet(path)

    def hold(self, rows: pa.Table) -> ibis.Table:
        """A table in memory, sent to the executors once and held by them."""
        name = ibis.util.gen_name("held")
        self.session.createDataFrame(rows).cache().createOrReplaceTempView(name)
        return self._backend.table(name)

    def fetch(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression."""
        rows = self.session.sql(self._backend.compile(expression)).toArrow()
        return rows.cast(expression.schema().to_pyarrow())

    def partition(self, expression: ibis.Table, *, by: str, into: Path) -> None:
        """Write the rows as Parquet, in a folder for each value of a column."""
        rows = self.session.sql(self._backend.compile(expression))
        rows.repartition(by).write.partitionBy(by).parquet(str(into))

    def close(self) -> None:
        """End the cluster, if it was started here."""
        if self._own:
            self.session.stop()
            self._own.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _local(folder: Path) -> tuple[SparkSession, str]:
    """A session on this machine, and in words what it runs on."""
    try:
        return _started(LOCAL_CLUSTER, folder, executors=2), "a cluster of two executors on this machine"
    except UnableToStart as fault:
        threads = _started(LOCAL_THREADS, folder, executors=0)
        return threads, f"two threads of one process, for a cluster of two executors was not to be had: {fault}"


def _started(master: str, folder: Path, *, executors: int) -> SparkSession:
    # Java reads these before Spark reads its settings; without them it asks the network for this machine's name.
    os.environ["SPARK_LOCAL_IP"] = LOOPBACK
    os.environ["SPARK_LOCAL_HOSTNAME"] = "localhost"
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": LOOPBACK,
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
        "spark.log.level": "ERROR",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": 2,
    }
    try:
        session = SparkSession.builder.master(master).appName("wardstats").config(map=settings).getOrCreate()
    except (PySparkException, Py4JError, OSError) as fault:
        raise UnableToStart(f"Spark did not start as {master}: {fault}") from fault
    _wait_for(session, executors)
    return session


def _wait_for(session: SparkSession, executors: int) -> None:
    """Until the executors have joined: a job given to a cluster without them would wait for ever and not say so."""
    status = session.sparkContext._jsc.sc()  # the only place where Spark tells
    until = time.monotonic() + SECONDS_TO_JOIN
    while status.getExecutorMemoryStatus().size() < executors + 1:
        if time.monotonic() > until:
            session.stop()
            raise UnableToStart(f"no {executors} executors had joined after {SECONDS_TO_JOIN} seconds")
        time.sleep(0.2)
