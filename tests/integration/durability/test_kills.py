"""Fifty kills of the application while four clients write: is anything acknowledged lost, is anything done twice?

Clients send first contacts over HTTP under their own request ids and repeat each until it is acknowledged. Meanwhile web
processes, and now and then everything but the database, are killed with SIGKILL.
"""

import contextlib
import http.client
import http.cookiejar
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from uuid import uuid4

import pytest

from havre.cli.serve import free_port
from tests.live import ROOT, environment

KILLS, CLIENTS = 50, 4
MAKE_PEOPLE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
import django; django.setup()
from uuid import uuid4
from havre.infra.migrate import migrate
from havre.access.people import make_agency, make_person
migrate()
make_agency("post", "Post", "SD")
make_person(uuid4(), "worker", "Worker", "caseworker", "post", "a password for tests")
for n in range(4):
    make_person(uuid4(), f"officer{n}", "Officer", "border_officer", "post", "a password for tests")
"""
COUNT = """
import os, json
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
import django; django.setup()
from havre.access.system import system_actor
from havre.infra.acting import acting
from havre.infra.actions import ActionDone
from havre.infra.audit import AuditEntry
from havre.identification.models import Screening
with acting(system_actor()):
    done = {str(r): str(x) for r, x in ActionDone.objects.filter(action="identification.submit_screening").values_list("rid", "result")}
    rows = [str(pk) for pk in Screening.objects.values_list("pk", flat=True)]
    logged = AuditEntry.objects.filter(action="identification.submit_screening", decision="done").count()
print(json.dumps({"done": done, "rows": rows, "logged": logged}))
"""


class Client(threading.Thread):
    """Writes without end, each write under one id until it is acknowledged."""

    def __init__(self, address: str, name: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.address, self.name_, self.stop = address, name, stop
        self.acknowledged: list[str] = []
        self.tried: set[str] = set()
        self.opener = None

    def run(self) -> None:
        while not self.stop.is_set():
            rid = str(uuid4())
            self.tried.add(rid)
            while not self.stop.is_set():
                try:
                    if self._send(rid):
                        self.acknowledged.append(rid)
                        break
                except (OSError, http.client.HTTPException):
                    pass
                except AssertionError:
                    self.opener = None
                time.sleep(0.05)

    def _page(self, path: str, data: dict[str, str] | None = None) -> tuple[str, str]:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        with self.opener.open(self.address + path, body, timeout=10) as answer:
            return answer.url, answer.read().decode()

    def _send(self, rid: str) -> bool:
        if self.opener is None:
            self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
            _, page = self._page("/sign-in/")
            self._page("/sign-in/", {"csrfmiddlewaretoken": token(page), "username": self.name_, "password": "a password for tests"})
        _, page = self._page("/first-contact/")
        url, _ = self._page("/first-contact/", {"csrfmiddlewaretoken": token(page), "rid": rid, "firewall_said": "on", "understood": "yes",
                                                "who_with": "alone", "language": "tir"})
        return url.endswith("/receipt/")


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form on the page"
    return found.group(1)


class Application:
    """`havre serve`, killed and started again; its database lives on."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port, self.env = home, port, environment(home)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = (home / "terminal.log").open("ab")

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "havre.cli", "serve", "--port", str(self.port), "--workers", "2", "--keep-database"],
                                        cwd=ROOT, env=self.env, stdout=self.log, stderr=subprocess.STDOUT)
        until = time.monotonic() + 90
        time.sleep(1)  # what the kill left behind may answer for a moment
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in/", timeout=5):
                return
            time.sleep(0.2)
        raise RuntimeError("the application did not start:\n" + (self.home / "terminal.log").read_text("utf-8")[-3000:])

    def pids(self, words: str) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                pid = int(entry.name)
                if words in (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace") \
                        and f"HAVRE_HOME={self.home}".encode() in (entry / "environ").read_bytes():
                    found.append(pid)
        return found

    def kill(self, words: str) -> int:
        """SIGKILL every process of this instance whose command holds `words`; returns how many."""
        pids = [p for p in self.pids(words) if p != os.getpid()]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(20)
        return len(pids)

    def kill_a_web_process(self) -> None:
        """SIGKILL one of the processes that serve pages; the server makes a new one."""
        master = self.pids("-m granian")
        children = [p for p in master if any(str(m) == _parent(p) for m in master)]
        for pid in children[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def run(self, code: str) -> str:
        return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.env, capture_output=True, text=True, check=True, timeout=300).stdout


def _parent(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1]
    return ""


@pytest.mark.slow
def test_no_acknowledged_write_is_lost_and_none_is_doubled():
    import json
    dice = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="havre-kills-", ignore_cleanup_errors=True) as folder:
        app = Application(Path(folder), free_port())
        app.run(MAKE_PEOPLE)
        app.start()
        stop = threading.Event()
        clients = [Client(f"http://127.0.0.1:{app.port}", f"officer{n}", stop) for n in range(CLIENTS)]
        try:
            for client in clients:
                client.start()
            for number in range(KILLS):
                written = sum(len(c.acknowledged) for c in clients)
                until = time.monotonic() + 25
                while sum(len(c.acknowledged) for c in clients) < written + 2 and time.monotonic() < until:
                    assert app.process is not None and app.process.poll() is None, "the application is gone"
                    time.sleep(0.02)
                time.sleep(dice.uniform(0, 0.2))
                if number % 17 == 16:
                    app.kill("havre.cli serve")
                    app.start()
                else:
                    app.kill_a_web_process()
            before = sum(len(c.acknowledged) for c in clients)
            until = time.monotonic() + 40
            while sum(len(c.acknowledged) for c in clients) < before + CLIENTS and time.monotonic() < until:
                time.sleep(0.5)
            stop.set()
            for client in clients:
                client.join(30)
            result = json.loads(app.run(COUNT).splitlines()[-1])
        finally:
            stop.set()
            app.kill("havre.cli")
            app.kill("granian")
            app.log.close()
            from havre.infra.server import stop_embedded
            stop_embedded(Path(folder) / "database")
    acknowledged = [rid for c in clients for rid in c.acknowledged]
    tried = set().union(*(c.tried for c in clients))
    assert len(acknowledged) >= KILLS, "too little was written for the test to mean anything"
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(result["done"]), "an acknowledged write is lost"
    assert set(result["done"]) <= tried
    assert sorted(result["rows"]) == sorted(result["done"].values()), "a write was done twice or half"
    assert result["logged"] == len(result["done"]), "the log and the effects differ"
    print(f"{len(acknowledged)} acknowledged of {len(tried)} tried, {len(result['rows'])} there, {KILLS} kills")
