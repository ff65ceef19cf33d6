"""Two thousand persons by the bulk path, through the command: the log agrees with the columns, and the sought are found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT, environment

PERSONS, CASES, SEED = 2000, 400, 5
ASK = f"""
import json
from havre.cli import start_django
start_django()
from bench.web.queries import ask, codes_of_worker
from havre.access.system import system_actor
from havre.cases.models import Case, Task
from havre.demo.world import bulk_queries
from havre.infra.acting import acting
from havre.registration.models import Person
found = ask(bulk_queries({SEED}, {PERSONS}, 60), warm=1)
with acting(system_actor()):
    print(json.dumps({{"recall": found["recall_at_10"], "first": found["recall_at_1"], "cases": Case.objects.count(),
                      "persons": Person.objects.filter(role__in=("child", "sought_child")).count(), "tasks": Task.objects.count(),
                      "codes": len(codes_of_worker(5))}}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bulk")


def havre(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], check=False, cwd=ROOT, env=environment(home) | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=600)


def stop(home: Path) -> None:
    from havre.infra.server import stop_embedded
    stop_embedded(home / "database")


def test_the_bulk_world_holds_the_check_and_is_found(home: Path) -> None:
    try:
        loaded = havre(home, "-m", "havre.cli", "demo", "load", "--persons", str(PERSONS), "--cases", str(CASES), "--seed", str(SEED))
        assert loaded.returncode == 0, loaded.stderr[-2000:]
        assert f"{PERSONS:,} persons loaded" in loaded.stdout
        checked = havre(home, "-m", "havre.cli", "edits", "rebuild", "--check")
        assert checked.returncode == 0, checked.stdout + checked.stderr[-2000:]
        assert " 0 differed" in checked.stdout
        asked = havre(home, "-c", ASK)
        assert asked.returncode == 0, asked.stderr[-2000:]
        found = json.loads(asked.stdout.splitlines()[-1])
        assert found["persons"] == PERSONS and found["cases"] == CASES and found["tasks"] > CASES * 0.8 and found["codes"] > 0
        assert found["first"] >= 0.8 and found["recall"] >= 0.9
    finally:
        stop(home)
