"""Many children to count in a demonstration, and what happens there while nobody looks."""

import json
import subprocess
import sys
from datetime import date, timedelta

from tests import live
from tests.integration.statistics.releases.instance import BEGIN

CHILDREN = """
from tests.integration.statistics.releases.children import entered
team = Team.objects.select_related("agency").get(name__contains="Khartoum", agency__code="nakheel")
months = [date(y, m, 1) for y, m in MONTHS]
entered(SimpleNamespace(agency_a=team.agency, team_a=team, caseworker=someone("leyla")),
        [{"sex": ("female", "male")[n % 2], "age": n % 18, "status": ("unaccompanied", "separated", "accompanied")[n % 3],
          "month": months[n % len(months)]} for n in range(1500)])
print(json.dumps({}))
"""


def months() -> list[tuple[int, int]]:
    """The last six months that are over, the oldest first."""
    last = date.today().replace(day=1) - timedelta(days=1)
    start = last.year * 12 + last.month - 6
    return [((start + n) // 12, (start + n) % 12 + 1) for n in range(6)]


def within(instance: live.Instance, words: str, **known: object) -> None:
    """Do something in the instance's database, in a process of its own."""
    environment = live.environment(instance.home) | {"PYTHONPATH": f"{live.ROOT}/src:{live.ROOT}"}
    said = "".join(f"{name} = {value!r}\n" for name, value in known.items())
    done = subprocess.run([sys.executable, "-c", BEGIN + said + words], cwd=live.ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.strip().splitlines()[-1]) == {}
