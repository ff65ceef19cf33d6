"""An instance of its own for tests that need real connections and real processes: a home, a database, an agency, children."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.live import ROOT, environment

BEGIN = """
import os, sys, json, time
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
import django; django.setup()
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4, uuid5
from havre.access.models import Agency, Team, User
from havre.access.queries import actor_of
from havre.access.system import system_actor
from havre.core.intent import Intent
from havre.core.problems import Problem
from havre.infra.acting import acting
from havre.statistics import actions
from havre.statistics.models import LedgerMonth, Publication, Question, Release, Spending, StoredSheet
from havre.statistics.releases.asking import question
from havre.statistics.populations.period import Period
from havre.statistics.releases.plans import plan_from
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
def someone(name):
    return actor_of(User.objects.select_related("agency").get(username=name))
def wish(actor, at=NOW):
    return Intent(by=actor, at=at, rid=uuid4())
PLAN = {"population": "children_registered", "country": "SD", "first": "2026-01", "last": "2026-09", "epsilon": 300, "line": "public",
        "tables": [{"by": ["sex"]}, {"by": ["age@band"]}]}
"""
FOUND = """
from havre.infra.migrate import migrate
from havre.access.people import make_agency, make_person
migrate()
make_agency("post", "Post", "SD")
for name, role in (("worker", "caseworker"), ("analyst", "analyst"), ("manager", "manager")):
    make_person(uuid4(), name, name.title(), role, "post", "a password for tests")
agency = Agency.objects.get(code="post")
with acting(system_actor()):
    team = Team.objects.create(id=uuid4(), agency=agency, name="Post, Gate")
from tests.integration.statistics.releases.children import entered
entered(SimpleNamespace(agency_a=agency, team_a=team, caseworker=someone("worker")), [{"sex": ("female", "male")[n % 2], "age": n % 18,
        "month": date(2026, 1 + n % 9, 1)} for n in range(300)])
print(json.dumps({}))
"""


class Own:
    """An instance in a folder. `run` executes words in a process of their own and gives the JSON of its last line."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.environment = environment(home) | {"PYTHONPATH": f"{ROOT}/src:{ROOT}"}
        self.run(FOUND, seconds=180)

    def start(self, words: str) -> "subprocess.Popen[str]":
        """Begin a process."""
        return subprocess.Popen([sys.executable, "-c", BEGIN + words], cwd=ROOT, env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, words: str, seconds: float = 120) -> Any:
        """Execute and wait."""
        process = self.start(words)
        out, err = process.communicate(timeout=seconds)
        assert process.returncode == 0, err[-3000:]
        return json.loads(out.strip().splitlines()[-1])

    def killed_at(self, words: str, mark: Path, seconds: float = 60) -> None:
        """Execute until the file `mark` appears, then kill the process without warning."""
        process = self.start(words)
        until = time.monotonic() + seconds
        while not mark.exists():
            assert process.poll() is None, process.stderr.read()[-3000:] if process.stderr else ""
            assert time.monotonic() < until, "the process never came to the mark"
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()

    def stop(self) -> None:
        """Stop its database."""
        found = next(self.home.rglob("postmaster.pid"), None)
        if found is not None:
            os.kill(int(found.read_text().splitlines()[0]), signal.SIGINT)
            until = time.monotonic() + 20
            while found.exists() and time.monotonic() < until:
                time.sleep(0.1)
