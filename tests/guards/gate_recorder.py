"""A plugin that notes which gates a test run saw met and unmet."""

import json
import os
from pathlib import Path

from havre.core import gates

SEEN: dict[str, set[str]] = {"met": set(), "unmet": set()}



def _watch(original):
    def made(self, *args, **kwargs):
        original(self, *args, **kwargs)
        SEEN["met" if self.ok else "unmet"].add(self.id)
    return made


gates.GateResult.__init__ = _watch(gates.GateResult.__init__)


def pytest_sessionfinish(session, exitstatus):
    if os.environ.get("HAVRE_GATES_SEEN"):
        Path(os.environ["HAVRE_GATES_SEEN"]).write_text(json.dumps({k: sorted(v) for k, v in SEEN.items()}))
