"""One question among ten million persons. Takes the better part of an hour and several GiB, so it runs only when it is named."""

from __future__ import annotations

from typing import Any

from bench.linkage.parts.growth import asked_among, goals
from bench.linkage.setting import Setting

PEOPLE = {True: 1_000_000, False: 10_000_000}


def run(setting: Setting) -> dict[str, Any]:
    """Build, ask, tell."""
    asked = asked_among(setting, (PEOPLE[setting.quick],))
    return {"goals": goals(asked), "asked": asked, "linked": {}}
