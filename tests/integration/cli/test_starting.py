"""When something stands in the way, does a plain sentence say what to do, and is nothing lost?"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT, environment


def havre(*arguments: str, home: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "havre.cli", *arguments], cwd=ROOT, env={**environment(home), **extra},
                          capture_output=True, text=True, timeout=120, check=False)


def test_a_busy_port_is_said_and_another_is_proposed(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = havre("demo", "--port", str(port), home=tmp_path)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_database_address_is_said(tmp_path):
    done = havre("doctor", home=tmp_path, DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_lost_key_ring_is_not_replaced_by_a_new_one(tmp_path):
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "PG_VERSION").write_text("18\n")
    done = havre("doctor", home=tmp_path)
    assert done.returncode == 1
    assert "key ring" in done.stderr
    assert not (tmp_path / "keyring.json").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("an administrator can write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = havre("doctor", home=locked)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_help_can_be_read_and_unknown_commands_are_refused(tmp_path):
    shown = havre("--help", home=tmp_path)
    assert shown.returncode == 0
    for name in ("serve", "demo", "doctor", "link", "import", "export", "audit", "keys", "edits"):
        assert name in shown.stdout
    assert havre("fly", home=tmp_path).returncode == 2


def test_the_log_is_exported_and_verified_from_the_terminal(tmp_path):
    from havre.infra.server import stop_embedded
    try:
        assert havre("migrate", home=tmp_path).returncode == 0
        assert havre("people", "add-agency", "sea", "Sea", "--country", "SD", home=tmp_path).returncode == 0
        out = tmp_path / "log.txt"
        assert havre("audit", "export", str(out), home=tmp_path).returncode == 0
        verified = havre("audit", "verify", str(out), home=tmp_path)
        assert json.loads(verified.stdout)["ok"] is True
        out.write_text(out.read_text().replace("agency_made", "agency_gone"))
        changed = havre("audit", "verify", str(out), home=tmp_path)
        assert changed.returncode == 1
        assert json.loads(changed.stdout)["ok"] is False
        checked = havre("edits", "rebuild", "--check", home=tmp_path)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        rotated = havre("keys", "rotate", home=tmp_path)
        assert "All data keys are under key 2" in rotated.stdout
        assert havre("doctor", home=tmp_path).stdout.count("MEND") == 0
    finally:
        stop_embedded(tmp_path / "database")
