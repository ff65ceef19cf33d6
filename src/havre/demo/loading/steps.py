"""In which order do things happen in the invented world? Every step at its time, done by the right person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from havre.core.actor import Actor
from havre.core.intent import Intent
from havre.demo.loading.names import own_id

EVENING = timedelta(hours=19)
SPACING = timedelta(minutes=25)


@dataclass(order=True)
class Step:
    """Something done at a time; `key` breaks ties and names the request, so that the same seed asks for the same things."""

    at: datetime
    key: str
    run: Callable[[datetime], object] = field(compare=False)


def intent(actor: Actor, at: datetime, key: str) -> Intent:
    """A wish of somebody at a time, with a request id made from the step's name."""
    return Intent(by=actor, at=at, rid=own_id("request", key))


class Clock:
    """Times for the steps of one child or request: within working hours of their day, never twice the same, never ahead."""

    def __init__(self, seed: str, now: datetime) -> None:
        self.rng = Random(f"clock {seed}")
        self.last = datetime.min.replace(tzinfo=UTC)
        self.now = now - timedelta(minutes=10)

    def on(self, day: date, hour: int = 8) -> datetime:
        """A time on a day from `hour` on, after everything before it; not after the present."""
        wanted = datetime(day.year, day.month, day.day, hour, tzinfo=UTC) + timedelta(minutes=self.rng.randrange(0, 80))
        return self.at(wanted)

    def at(self, wanted: datetime) -> datetime:
        """The wanted time, moved behind the step before it and before the present."""
        at = max(wanted, self.last + SPACING if self.last.year > 1 else wanted)
        self.last = min(at, max(self.now, self.last + timedelta(seconds=20)) if self.last.year > 1 else self.now)
        return self.last


def play(steps: Iterable[Step], tell: Callable[[int, int, str], None], what: str) -> None:
    """Do every step in the order of time."""
    ordered = sorted(steps)
    for done, step in enumerate(ordered, 1):
        step.run(step.at)
        if done % 250 == 0 or done == len(ordered):
            tell(done, len(ordered), what)
