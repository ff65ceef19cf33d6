"""How do candidates, interviews and the steps of a match look on a page?"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from havre.tracing.queries import MatchPage, Standing
from havre.web.cases.labels import day_words, label
from havre.web.parts.tags.work import Lane
from havre.web.tracing.words import STAGES, STATUSES, words


def standings(rows: Iterable[Standing]) -> list[dict[str, Any]]:
    """Candidates as a page lists them. Of another agency: that it is possible, and whom to contact."""
    return [{
        "one": one, "url": reverse("tracing:candidate", args=[one.row.pk]), "chance": one.row.per_thousand / 1000,
        "live": one.row.status in ("candidate", "shortlisted", "confirmed"),
        "status": words(STAGES, one.row.stage) if one.row.stage else words(STATUSES, one.row.status),
    } for one in rows]


def lists(rows: Iterable[Standing]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Candidates in three lists, empty ones left out: may be this child, may be of this family, alike but put aside."""
    shown = standings(rows)
    return [(title, found) for title, found in (
        (_("May be this child"), [c for c in shown if c["live"] and c["one"].row.verdict != "same_family"]),
        (_("May be of this family"), [c for c in shown if c["live"] and c["one"].row.verdict == "same_family"]),
        (_("Look-alikes"), [c for c in shown if not c["live"]])) if found]


def done(rows: Iterable[tuple[Any, str]]) -> list[tuple[Any, str, str, str]]:
    """What was done to find the family, with the words of its codes."""
    return [(row, note, label("tracing_action", row.action), label("tracing_action_outcome", row.outcome)) for row, note in rows]


def lanes(page: MatchPage) -> list[Lane]:
    """The two interviews, kept apart."""
    match = page.match
    out = []
    for side, title in (("child", _("Child’s interview")), ("adult", _("Relative’s interview"))):
        at, who = getattr(match, f"{side}_interviewed_at"), getattr(match, f"{side}_interviewer")
        other = getattr(match, f"{'adult' if side == 'child' else 'child'}_interviewer")
        if at is not None:
            out.append(Lane(title, "done", _("Done, %(day)s") % {"day": day_words(at)}, page.interviewers.get(who, "")))
        else:
            by = _("Anyone except %(name)s, who knows the answers.") % {"name": page.interviewers.get(other, "")} if other else ""
            out.append(Lane(title, "now", _("Not done yet"), by))
    return out


def next_steps(page: MatchPage, may: dict[str, bool]) -> list[tuple[str, str, str]]:
    """What can be done now with a match: address, words, and what it needs."""
    match, code, mine = page.match, page.match.file.code, page.my_side
    heard = {"child": match.child_interviewed_at, "adult": match.adult_interviewed_at}
    out: list[tuple[str, str, str]] = []

    def add(condition: bool, name: str, said: str, small: str = "") -> None:
        if condition:
            out.append((reverse(f"tracing:{name}", args=[code]), said, small))

    live = match.state not in ("confirmed", "rejected")
    for side, said in (("child", _("Hear the child")), ("adult", _("Hear the relative"))):
        add(live and heard[side] is None and mine in (side, "both") and may["interview"], f"interview_{side}", said, _("Alone, without telling what the other side says."))
    add(match.state == "both_sides_checked" and may["compare_facts"], "facts", _("Compare the secret answers"))
    add(live and may["verify"], "verify", _("Decide: is this the family?"), _("A supervisor who heard neither side."))
    add(live and may["end_match"], "reject", _("Not this family"))
    if match.state == "confirmed":
        _towards_home(page, may, add)
    add(may["decide_best_interests"], "decision", _("Decide what is best for a child"))
    for side in page.readable:
        add(True, f"interview_{side}", _("Read the child’s interview") if side == "child" else _("Read the relative’s interview"))
    return out


def _towards_home(page: MatchPage, may: dict[str, bool], add: Any) -> None:
    state = page.reunion.state if page.reunion else ""
    before = state in ("", "planned", "approved", "broken_down", "stable")
    add(state in ("handed_over", "at_risk") and may["visit"], "visit", _("Record a visit"))
    add(state == "approved" and may["sign_hand_over"], "sign", _("Sign the hand-over"), _("Two workers and the receiver."))
    add(state == "planned" and may["approve_reunification"], "approve", _("Decide on the plan"))
    add(state in ("", "planned", "broken_down") and may["plan_reunification"], "plan", _("Plan how the child goes home"))
    add(page.untold and may["ask_panel"], "told", _("The child was told what was decided and why"))
    add(before and may["assess_adult"], "household", _("Record a visit to the home"))
    add(before and may["plan_reunification"], "clearance", _("Record what the authority said"))
    add(before and may["assess_adult"], "border", _("Look at the border"), _("Only when the child would cross one."))
    add(before and (may["assess_adult"] or may["clear_alert"]), "alert", _("Compare with the alert list"))
    add(before and may["ask_panel"], "ask", _("Ask a panel member"))
    add(state in ("planned", "approved") and may["plan_reunification"], "cancel", _("Give up this plan"))
    add(state in ("handed_over", "at_risk", "stable") and may["visit"], "breakdown", _("It broke down: act now"))
