"""Which step leads from where to where in tracing, in the examination of a match, and in a reunification?"""

from typing import Final

from havre.core.workflow import Transition, Workflow
from havre.tracing.rules import MatchState as M
from havre.tracing.rules import ReunionState as R
from havre.tracing.rules import TracingStatus as S

NOT_STARTED: Final = "not_started"
_SEARCHING: Final = (S.OPEN, S.IN_PROGRESS, S.MATCH_REJECTED, S.VERIFICATION_FAILED)
_LIVE: Final = (*_SEARCHING, S.MATCH_PROPOSED, S.VERIFICATION_PENDING)


def _tracing() -> tuple[Transition, ...]:
    rows = [
        Transition(NOT_STARTED, "open", S.OPEN, ("G15",)),
        Transition(NOT_STARTED, "decline", S.NOT_WANTED),
        Transition(S.NOT_WANTED, "open", S.OPEN, ("G15",)),
        Transition(S.SUSPENDED, "open", S.OPEN, ("G15",)),
        Transition(S.UNTRACEABLE, "open", S.OPEN, ("G15",)),
        Transition(S.REUNIFIED, "open", S.OPEN),
        Transition(S.MATCH_PROPOSED, "reject_match", S.MATCH_REJECTED),
        Transition(S.VERIFICATION_PENDING, "reject_match", S.MATCH_REJECTED),
        Transition(S.MATCH_PROPOSED, "examine", S.VERIFICATION_PENDING, ("G01", "G15")),
        Transition(S.VERIFICATION_PENDING, "verify", S.VERIFIED, ("G17",)),
        Transition(S.VERIFICATION_PENDING, "fail", S.VERIFICATION_FAILED),
        Transition(S.VERIFIED, "open", S.OPEN),
        Transition(S.OPEN, "resume", S.VERIFIED, ("G17",)),
        Transition(S.IN_PROGRESS, "resume", S.VERIFIED, ("G17",)),
        Transition(S.VERIFIED, "hand_over", S.REUNIFIED, ("G11", "G15", "G17", "G18", "G19", "G20", "G21", "G28")),
        Transition(S.VERIFIED, "restore_contact", S.CONTACT_RESTORED),
    ]
    rows += [Transition(s, "act", S.IN_PROGRESS) for s in (S.OPEN, S.IN_PROGRESS)]
    rows += [Transition(s, "shortlist", S.MATCH_PROPOSED) for s in (*_SEARCHING, S.MATCH_PROPOSED)]
    rows += [Transition(s, "suspend", S.SUSPENDED) for s in _LIVE]
    rows += [Transition(s, "give_up", S.UNTRACEABLE) for s in _SEARCHING]
    rows += [Transition(s, "relative_died", S.RELATIVE_DECEASED) for s in _LIVE]
    return tuple(rows)


TRACING: Final = Workflow("tracing", NOT_STARTED, _tracing())

MATCH: Final = Workflow("match", M.SHORTLISTED, (
    Transition(M.SHORTLISTED, "hear_child", M.CHILD_SIDE_CHECKED, ("G45",)),
    Transition(M.SHORTLISTED, "hear_adult", M.ADULT_SIDE_CHECKED, ("G45",)),
    Transition(M.CHILD_SIDE_CHECKED, "hear_adult", M.BOTH_SIDES_CHECKED, ("G45",)),
    Transition(M.ADULT_SIDE_CHECKED, "hear_child", M.BOTH_SIDES_CHECKED, ("G45",)),
    Transition(M.SHORTLISTED, "confirm", M.CONFIRMED, ("G17",)),
    Transition(M.CHILD_SIDE_CHECKED, "confirm", M.CONFIRMED, ("G17",)),
    Transition(M.ADULT_SIDE_CHECKED, "confirm", M.CONFIRMED, ("G17",)),
    Transition(M.BOTH_SIDES_CHECKED, "confirm", M.CONFIRMED, ("G17",)),
    Transition(M.SHORTLISTED, "reject", M.REJECTED),
    Transition(M.CHILD_SIDE_CHECKED, "reject", M.REJECTED),
    Transition(M.ADULT_SIDE_CHECKED, "reject", M.REJECTED),
    Transition(M.BOTH_SIDES_CHECKED, "reject", M.REJECTED),
    Transition(M.CONFIRMED, "reject", M.REJECTED),
))

_APPROVAL: Final = ("G10", "G11", "G15", "G17", "G18", "G19", "G20", "G21", "G28")

REUNIFICATION: Final = Workflow("reunification", R.PLANNED, (
    Transition(R.PLANNED, "approve", R.APPROVED, _APPROVAL),
    Transition(R.PLANNED, "cancel", R.CANCELLED),
    Transition(R.APPROVED, "cancel", R.CANCELLED),
    Transition(R.APPROVED, "hand_over", R.HANDED_OVER, _APPROVAL),
    Transition(R.HANDED_OVER, "visit", R.HANDED_OVER),
    Transition(R.HANDED_OVER, "visit", R.AT_RISK),
    Transition(R.HANDED_OVER, "visit", R.STABLE),
    Transition(R.HANDED_OVER, "visit", R.BROKEN_DOWN),
    Transition(R.AT_RISK, "visit", R.AT_RISK),
    Transition(R.AT_RISK, "visit", R.HANDED_OVER),
    Transition(R.AT_RISK, "visit", R.STABLE),
    Transition(R.AT_RISK, "visit", R.BROKEN_DOWN),
    Transition(R.HANDED_OVER, "break_down", R.BROKEN_DOWN),
    Transition(R.AT_RISK, "break_down", R.BROKEN_DOWN),
    Transition(R.STABLE, "break_down", R.BROKEN_DOWN),
))


def status_of(case_status: str) -> str:
    """The state a stored tracing status stands for; a case without one has not started."""
    return case_status or NOT_STARTED
