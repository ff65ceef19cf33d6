"""Has every safeguard that is judged somewhere a test in which it is met and one in which it is not?"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def judged() -> set[str]:
    """The gate ids that some package's gates name."""
    found: set[str] = set()
    for path in [*ROOT.glob("src/havre/*/gates.py"), *ROOT.glob("src/havre/*/gates/*.py")]:
        found |= set(re.findall(r"\"(G\d\d)\"", path.read_text("utf-8")))
    return found


def test_each_gate_is_seen_met_and_unmet_by_the_unit_tests(tmp_path):
    out = tmp_path / "seen.json"
    files = sorted(str(p) for p in ROOT.glob("tests/unit/*/test_*gates*.py"))
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.guards.gate_recorder", *files],
                          cwd=ROOT, env={**os.environ, "HAVRE_GATES_SEEN": str(out)}, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    seen = json.loads(out.read_text())
    assert judged() - set(seen["met"]) == set(), "no passing case"
    assert judged() - set(seen["unmet"]) == set(), "no failing case"
