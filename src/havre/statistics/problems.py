"""Why can a table not be shown, and what can be shown instead? Nothing is spent by a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from havre.core.problems import Problem
from havre.core.words import N_


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that is possible instead: a code with parameters, and the question or plan that does it (as JSON)."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, object] = field(default_factory=dict)


class CannotBeShown(Problem):
    """A table that cannot be answered safely; `reason` is a code, `alternatives` what can be done instead. Nothing was spent."""

    code = "cannot_be_shown"
    status = 409
    sentence = N_("This table cannot be shown. Nothing was measured and nothing was spent.")

    def __init__(self, reason: str, alternatives: Sequence[Alternative] = (), **params: str | int) -> None:
        super().__init__(reason=reason, **params)
        self.reason = reason
        self.alternatives: tuple[Alternative, ...] = tuple(alternatives)


class BudgetSpent(Problem):
    """The ledger does not hold what this costs; params: left (thousandths of epsilon)."""

    code = "budget_spent"
    status = 409
    sentence = N_("The privacy budget of this period does not hold that much any more. Nothing was spent.")


class ContextRefused(Problem):
    """A file about places cannot be taken in; `rows` are (row number, code of what is wrong). Nothing was written."""

    code = "context_refused"
    status = 422
    sentence = N_("Some rows cannot be read. Nothing was kept.")

    def __init__(self, rows: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(rows=", ".join(f"{number} {code}" for number, code in rows[:20]))
        self.rows: tuple[tuple[int, str], ...] = tuple(rows)
