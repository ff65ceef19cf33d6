"""The connection to a cluster."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

LOCAL: Final = "local[*]"  # every core of this machine, without a cluster
ARROW_ROWS: Final = 100_000  # rows of one record batch; large batches read each distinct value once


def _spark() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ValueError("Linking on a cluster needs the package pyspark: install havre[spark].") from error
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise ValueError("Linking on a cluster needs Java 17 or newer, which was not found on this machine.")
    return SparkSession


@contextmanager
def session_on(master: str | None) -> Iterator[Any]:
    """The session that runs, or one on `master` (see `start`) that is stopped at the end."""
    running = _spark().getActiveSession()
    session = running or start(master)
    try:
        yield session
    finally:
        if running is None:
            session.stop()


def start(master: str | None = None, settings: dict[str, str] | None = None) -> Any:
    """A Spark session on `master` (`spark://host:port`, `yarn`, `k8s://…`; this machine's cores where None), or the one that runs.

    `settings` are further Spark settings. Raises ValueError in plain words where pyspark or Java is missing.
    """
    builder = _spark().builder.appName("havre link").master(master or LOCAL)
    usual = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ARROW_ROWS),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executorEnv.NUMBA_NUM_THREADS": "1",  # Spark runs one task on each core already
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the environment of Havre, at the same place on every machine
    for name, value in (usual | (settings or {})).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
