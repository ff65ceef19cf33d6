"""A Spark cluster on this machine's loopback address: one master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import havre

HOST = "127.0.0.1"
PATIENCE = 120  # seconds
LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # of Java: processes of a minute are not worth its optimising


class Cluster:
    """Processes that are stopped together."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.program, self.running = folder, home / "bin" / "spark-class", list[subprocess.Popen[bytes]]()
        self.environment = os.environ | {
            "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": LIGHT, "SPARK_LOCAL_DIRS": str(folder),
            "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(Path(havre.__file__).parents[1]),
        }  # fmt: skip

    def begin(self, part: str, *arguments: str) -> Path:
        """Start one process; gives its log."""
        log = self.folder / f"{part}-{len(self.running)}.log"
        command = [str(self.program), f"org.apache.spark.deploy.{part}", *arguments, "--host", HOST, "--webui-port", "0"]
        with log.open("wb") as file:
            self.running.append(subprocess.Popen(command, env=self.environment, stdout=file, stderr=subprocess.STDOUT))
        return log

    def stop(self) -> None:
        """End every process."""
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            process.wait(PATIENCE)


def told(log: Path, pattern: str) -> str:
    """What a log says of `pattern`, once it does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"The cluster did not start:\n{log.read_text(errors='replace')}")


@contextmanager
def cluster_of_two(folder: Path) -> Iterator[str]:
    """The address of a master with two workers of one core each."""
    import pyspark

    cluster = Cluster(folder, Path(pyspark.__file__).parent)
    try:
        address = told(cluster.begin("master.Master", "--port", "0"), r"spark://127\.0\.0\.1:\d+")
        worker = ("worker.Worker", address, "--cores", "1", "--memory", "1g", "--work-dir")
        for log in [cluster.begin(*worker, str(folder / f"worker-{number}")) for number in range(2)]:
            told(log, "Successfully registered")
        yield address
    finally:
        cluster.stop()
