"""Does the whole path hold, from a child met at a border to a family found and visited? Walked over HTTP by six people."""

import time
from dataclasses import dataclass, field


@dataclass
class Walked:
    """What came of a walk: each step with its time in seconds; where it stopped and why, when it did."""

    ok: bool = False
    steps: list[dict[str, object]] = field(default_factory=list)
    failed: str = ""
    why: str = ""


def walk(address: str, password: str) -> Walked:
    """Walk every step in order; the first that does not hold ends the walk."""
    from havre.demo.walking.browser import Lost
    from havre.demo.walking.journey import STEPS, Journey
    out, journey = Walked(), Journey(address, password)
    for name, step in STEPS:
        began = time.monotonic()
        try:
            step(journey)
        except Lost as lost:
            out.failed, out.why = name, str(lost)
            return out
        except Exception as error:  # noqa: BLE001  (whatever goes wrong is the answer)
            out.failed, out.why = name, f"{type(error).__name__}: {error}"
            return out
        out.steps.append({"step": name, "seconds": round(time.monotonic() - began, 2)})
    out.ok = True
    return out
