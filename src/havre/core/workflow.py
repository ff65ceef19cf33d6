"""Which steps lead from one state to another, and is the table itself sound?"""

from collections.abc import Iterable
from dataclasses import dataclass

from havre.core.gates import CATALOGUE
from havre.core.problems import Conflict


@dataclass(frozen=True, slots=True)
class Transition:
    """From `source`, `action` leads to `target` when the `gates` allow it."""

    source: str
    action: str
    target: str
    gates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """A state machine as a table; duplicates, unreachable states and unknown gates are a ValueError."""

    name: str
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "transitions", tuple(self.transitions))
        keys = [(t.source, t.action, t.target) for t in self.transitions]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"{self.name}: transition written twice: {twice[0]}")
        unknown = sorted({g for t in self.transitions for g in t.gates if g not in CATALOGUE})
        if unknown:
            raise ValueError(f"{self.name}: no such gate: {', '.join(unknown)}")
        lost = [state for state in self.states() if state not in self._reached()]
        if lost:
            raise ValueError(f"{self.name}: never reached: {', '.join(lost)}")

    def states(self) -> tuple[str, ...]:
        """Every state, the initial one first, then in the order of the table."""
        named = [self.initial, *(s for t in self.transitions for s in (t.source, t.target))]
        return tuple(dict.fromkeys(named))

    def actions(self, state: str) -> tuple[str, ...]:
        """The actions that the table allows in this state."""
        return tuple(dict.fromkeys(t.action for t in self.transitions if t.source == state))

    def targets(self, state: str, action: str) -> tuple[str, ...]:
        """Where the action can lead from this state; empty when it is not allowed."""
        return tuple(t.target for t in self.transitions if (t.source, t.action) == (state, action))

    def gates(self, state: str, action: str) -> tuple[str, ...]:
        """The gates that guard the action in this state."""
        found = (t for t in self.transitions if (t.source, t.action) == (state, action))
        return tuple(dict.fromkeys(g for t in found for g in t.gates))

    def move(self, state: str, action: str, target: str | None = None) -> str:
        """The state after the action; Conflict when the table does not allow it.

        An action with several outcomes needs `target`; leaving it out is the caller's mistake (ValueError).
        """
        found = self.targets(state, action)
        if not found or (target is not None and target not in found):
            raise Conflict(workflow=self.name, state=state, action=action)
        if target is not None:
            return target
        if len(found) > 1:
            raise ValueError(f"{self.name}: {action} from {state} leads to {', '.join(found)}: say which")
        return found[0]

    def diagram(self) -> str:
        """The table as a Mermaid stateDiagram-v2, for the documentation."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for t in self.transitions:
            gates = f" [{', '.join(t.gates)}]" if t.gates else ""
            lines.append(f"    {t.source} --> {t.target}: {t.action}{gates}")
        lines += [f"    {state} --> [*]" for state in self.states() if not self.actions(state)]
        return "\n".join(lines) + "\n"

    def _reached(self) -> set[str]:
        reached, todo = {self.initial}, [self.initial]
        while todo:
            here = todo.pop()
            for state in _next(self.transitions, here):
                if state not in reached:
                    reached.add(state)
                    todo.append(state)
        return reached


def _next(transitions: Iterable[Transition], state: str) -> set[str]:
    return {t.target for t in transitions if t.source == state}
