"""The words of the codes of cases: reasons of safeguards, events of the timeline, kinds of tasks, places that mend."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.core.words import N_
from havre.web.cases.labels import label
from havre.web.parts import fixes, reasons
from havre.web.parts.fixes import Fix
from havre.web.today import kinds
from havre.web.today.kinds import Where

Params = Mapping[str, object]

MATTERS = {
    "tracing_open": N_("the family is still being looked for"),
    "approval_waiting": N_("a plan waits for approval"),
    "immediate_safety_open": N_("a safety step is still to be done"),
    "guardian_request_open": N_("a guardian has not been asked for"),
    "values_disputed_open": N_("two people wrote different values"),
    "tell_child_open": N_("the child has not been told what was decided"),
}


def _matter(params: Params) -> str:
    from havre.web.parts.reasons import REASONS
    code = str(params.get("matter", ""))
    said = _(MATTERS[code]) if code in MATTERS else REASONS.say(code, params) if code in REASONS.known else _("something is still open")
    more = int(str(params.get("count", 1))) - 1
    if more <= 0:
        return _("Still open: %(what)s.") % {"what": said}
    return ngettext("Still open: %(what)s, and %(n)s more.", "Still open: %(what)s, and %(n)s more.", more) % {"what": said, "n": more}


def _sign(params: Params) -> str:
    sign = label("forced_high_flag", str(params.get("sign", "")))
    return _("This sign makes the risk high until it is gone: %(sign)s.") % {"sign": sign}


def _concern(sentence: str) -> reasons.Words:
    def said(params: Params) -> str:
        named = label("protection_concern", str(params.get("concern", "")))
        more = int(str(params.get("count", 1))) - 1
        if more <= 0:
            return _(sentence) % {"concern": named}
        return _(sentence) % {"concern": _("%(concern)s, and %(n)s more") % {"concern": named, "n": more}}
    return said


def _risk_still(params: Params) -> str:
    return _("The risk is still recorded as “%(risk)s”.") % {"risk": label("risk_level", str(params.get("risk", "")))}


NO_ACTION_FOR = N_("Nothing is planned yet for: %(concern)s.")
STILL_OPEN = N_("This concern is not resolved: %(concern)s.")

REASONS: dict[str, reasons.Words] = {
    "child_views_missing": N_("Nobody has written what the child thinks about this."),
    "no_views_reason_missing": N_("It is not written why there are no views of the child."),
    "views_not_weighed": N_("The child’s views are written, but not what weight they have."),
    "departure_not_explained": N_("The decision does not follow the child’s views, and it is not written why."),
    "caregiver_not_heard": N_("The caregiver was not heard, and it is not written why."),
    "not_seen_alone": N_("The child was not seen alone, and it is not written why."),
    "risk_without_reasons": N_("The risk level has no written reasons."),
    "warning_sign_needs_high": _sign,
    "safety_plan_missing": N_("The child may harm himself or herself. A safety plan is needed today."),
    "plan_goal_missing": N_("The plan has no goal."),
    "plan_has_no_action": N_("The plan has no action."),
    "action_goal_missing": N_("One action does not say what it should achieve."),
    "action_owner_missing": N_("One action has nobody who sees to it."),
    "action_day_missing": N_("One action has no day."),
    "concern_without_action": _concern(NO_ACTION_FOR),
    "same_person_approves": N_("You wrote this yourself. A supervisor other than you must decide."),
    "not_the_supervisor": N_("Only a supervisor of the team responsible may decide."),
    "visits_not_planned": N_("%(planned)s of %(wanted)s visits are planned for their days."),
    "closure_summary_missing": N_("It is not written how things stand for the child."),
    "concern_still_open": _concern(STILL_OPEN),
    "risk_still_there": _risk_still,
    "too_few_attempts": N_("%(tries)s of %(wanted)s tries to reach the family, in %(kinds)s of %(wanted_kinds)s ways."),
    "attempts_over_too_short": N_("The tries must be spread over %(months)s months."),
    "adult_age_not_proved": N_("There is no proof that the child has turned %(age)s."),
    "transition_plan_missing": N_("There is no approved plan for turning 18."),
    "declined_but_high_risk": N_("The risk is high: that the family declines help is not enough."),
    "transfer_not_accepted": N_("The receiving agency has not accepted the case."),
    "error_but_assessed": N_("The child was assessed: this case was not opened in error."),
    "matter_still_open": _matter,
    "contact_not_planned": N_("No contact is planned for %(months)s months after closing."),
    "contact_at_another_time": N_("The contact should be about %(months)s months after closing."),
    "storage_end_missing": N_("It is not computed until when the file is stored."),
    "legal_hold": N_("A legal hold forbids to set an end of storage."),
}

EVIDENCE: dict[str, reasons.Words] = {
    "views_recorded": N_("The child’s views are recorded."), "no_views_with_reason": N_("No views, with the reason written."),
    "caregiver_heard": N_("The caregiver was heard."), "caregiver_reason_written": N_("The reason is written."),
    "seen_alone": N_("Seen alone."), "not_alone_reason": N_("Not alone; the reason is written."),
    "risk_has_reasons": N_("The reasons are written."), "no_sign_of_self_harm": N_("No sign that the child may harm himself or herself."),
    "safety_plan_made": N_("A safety plan was made today."), "plan_complete": N_("Goals, people and days are there."),
    "another_person": N_("Another person decides."), "visits_planned": N_("All visits are planned."),
    "reason_fits": N_("The facts bear the reason out."), "nothing_open": N_("Nothing else is open."),
    "no_contact_needed": N_("No later contact is possible or needed."), "contact_planned": N_("The contact is planned."),
    "storage_end_set": N_("The end of storage is set."), "not_yet_of_age": N_("The child is not near 18 yet."),
    "transition_plan_ready": N_("The plan for turning 18 is approved."),
}


def _coded(sentence: str, **lists: str) -> reasons.Words:
    """A sentence whose parameters are codes of code lists."""
    def said(params: Params) -> str:
        return _(sentence) % {name: label(list_name, str(params.get(name, ""))) for name, list_name in lists.items()}
    return said


TOPICS = {"situation": N_("how things are"), "plan": N_("the plan"), "placement": N_("where to live"), "tracing": N_("the search for the family"),
          "reunification": N_("going to the family"), "return": N_("going back"), "closure": N_("closing the case"), "other": N_("something else")}
PLAN_KINDS = {"case": N_("Plan for the case"), "safety": N_("Safety plan"), "transition": N_("Plan for turning 18")}
NOTE_TOPICS = {"danger": N_("A danger"), "disclosure": N_("Something the child told in confidence"), "perpetrator": N_("Who did harm"),
               "health": N_("Health"), "staff": N_("A colleague"), "other": N_("Something else")}
KINDS_OF_SHARE = {"user": N_("a person"), "team": N_("a team"), "agency": N_("an agency")}


def topic(code: str) -> str:
    """What a view is about."""
    return _(TOPICS.get(code, code))


def _views(params: Params) -> str:
    about = topic(str(params.get("topic", "")))
    if params.get("whose") == "caregiver":
        return _("What the caregiver said about %(topic)s was recorded.") % {"topic": about}
    return _("What the child said about %(topic)s was recorded.") % {"topic": about}


def _assessment(params: Params) -> str:
    n = int(str(params.get("factors", 0)))
    return ngettext("Assessment recorded: risk %(risk)s, %(n)s factor.", "Assessment recorded: risk %(risk)s, %(n)s factors.", n) % {
        "risk": label("risk_level", str(params.get("risk", ""))).lower(), "n": n}


def _plan_event(sentence: str) -> reasons.Words:
    return lambda params: _(sentence) % {"plan": _(PLAN_KINDS.get(str(params.get("kind", "")), ""))}


def _late(params: Params) -> str:
    return _("Became late: %(task)s") % {"task": kinds.TASKS.say(str(params.get("task", "")), params)}


def _done(params: Params) -> str:
    return _("Done: %(task)s") % {"task": kinds.TASKS.say(str(params.get("task", "")), params)}


def _refused(params: Params) -> str:
    from havre.core.gates import CATALOGUE
    gates = [str(g) for g in params.get("gates", [])]  # type: ignore[attr-defined]
    titles = "; ".join(_(CATALOGUE[g].title) for g in gates if g in CATALOGUE)
    return _("Tried and stopped by a safeguard: %(titles)s.") % {"titles": titles}


EVENTS: dict[str, reasons.Words] = {
    "case_opened": _coded(N_("Case opened at risk %(risk)s."), risk="risk_level"), "views_recorded": _views,
    "views_weighed": N_("The weight of the views was recorded."), "child_told": N_("The child was told what was decided and why."),
    "assessment_recorded": _assessment, "safety_plan_made": N_("Safety plan made."),
    "risk_reviewed": _coded(N_("Risk reviewed: %(before)s before, now %(risk)s."), before="risk_level", risk="risk_level"),
    "plan_proposed": _plan_event(N_("%(plan)s proposed to the supervisor.")), "plan_approved": _plan_event(N_("%(plan)s approved.")),
    "plan_returned": _plan_event(N_("%(plan)s given back with a reason.")),
    "follow_up_recorded": _coded(N_("Contact recorded: %(kind)s, %(result)s."), kind="follow_up_type", result="follow_up_result"),
    "task_finished": _done, "task_became_late": _late, "case_put_on_hold": N_("Case paused."), "case_resumed": N_("Work on the case goes on."),
    "closure_requested": _coded(N_("Closing asked for: %(reason)s."), reason="closure_reason"),
    "case_closed": _coded(N_("Case closed: %(reason)s."), reason="closure_reason"),
    "closure_returned": N_("Closing refused for now, with a reason."),
    "case_reopened": _coded(N_("Case opened again: %(reason)s."), reason="reopen_reason"),
    "case_assigned": N_("The case was given to another worker."),
    "case_shared": lambda params: _("The case was shared with %(who)s for a purpose and a time.") % {
        "who": _(KINDS_OF_SHARE.get(str(params.get("kind", "")), ""))},
    "share_ended": N_("Shared access was taken back."), "person_barred": N_("Someone was kept out of this file: a conflict of interest."),
    "values_disputed": N_("Two people wrote different values."), "value_chosen": N_("One of two different values was chosen."),
    "tracing_status_changed": _coded(N_("Family tracing: %(status)s."), status="tracing_status"), "gate_refused": _refused,
}

TASKS: dict[str, reasons.Words] = {
    "immediate_safety": N_("Make sure the child is safe now"), "assess": N_("Assess the child’s situation"),
    "guardian_request": N_("Ask for a guardian"), "views": N_("Ask the child"), "plan": N_("Agree a plan with the child"),
    "approve_plan": N_("Decide on a plan"), "approve_closure": N_("Decide on closing a case"),
    "follow_up_visit": N_("Visit or call the child"), "review": N_("Review the risk"), "plan_action": N_("Do what the plan says"),
    "tell_child": N_("Tell the child what was decided"), "values_disputed": N_("Two people wrote different values"),
    "late_task": N_("A colleague’s task is late"), "take_referral": N_("Take on a child referred at first contact"),
    "post_closure_contact": N_("Contact the child after closing"), "transition_plan": N_("Make a plan for turning 18"),
    "on_hold_ends": N_("The pause of a case ends"),
}


def _hours(sentence: str) -> reasons.Words:
    def said(params: Params) -> str:
        hours = int(str(params.get("hours", 0)))
        time = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours < 72 or hours % 24 else \
            ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
        return _(sentence) % {"time": time, "risk": label("risk_level", str(params.get("risk", ""))).lower()}
    return said


WHYS: dict[str, reasons.Words] = {
    "immediate_safety_by_risk": _hours(N_("Safety comes within %(time)s when risk is %(risk)s.")),
    "rapid_assessment_by_risk": _hours(N_("Assessment within %(time)s of registration when risk is %(risk)s.")),
    "guardian_by_risk": _hours(N_("Request within %(time)s of registration.")),
    "plan_by_risk": _hours(N_("Plan within %(time)s when risk is %(risk)s.")),
    "follow_up_by_risk": _hours(N_("Contact at least every %(time)s when risk is %(risk)s.")),
    "review_by_risk": _hours(N_("Review every %(time)s when risk is %(risk)s.")),
    "asked_for_approval": _hours(N_("A colleague waits for your decision. Answer within %(time)s.")),
    "referral_within": _hours(N_("Referred at first contact. Answer within %(time)s.")),
    "becomes_adult": N_("The child may be near %(age)s. The plan should be ready in time."),
    "agreed_in_plan": _coded(N_("Agreed in the plan: %(service)s."), service="service_type"),
    "told_within_days": N_("The child hears the outcome within %(days)s working days."),
    "two_people_wrote": N_("Both are kept. You decide which one is right."),
    "task_is_late": lambda params: _("Late: %(task)s. Help, or give the case to someone else.") % {
        "task": kinds.TASKS.say(str(params.get("task", "")), params)},
    "day_agreed": N_("On the day that was agreed."), "pause_ends": N_("The case was paused until this day."),
    "contact_after_closing": N_("One contact %(months)s months after closing."),
}

_STEP = ("code",)
WHERES = {
    "assess": Where("cases:assess"), "views": Where("cases:views"), "plan": Where("cases:plan"), "approve_plan": Where("cases:approve"),
    "approve_closure": Where("cases:approve"), "follow_up_visit": Where("cases:follow_up"), "review": Where("cases:review"),
    "tell_child": Where("cases:view", ("code", "about")), "transition_plan": Where("cases:plan_transition"),
    "post_closure_contact": Where("cases:follow_up"),
    **{kind: Where("cases:task", ("code", "task")) for kind in ("immediate_safety", "guardian_request", "plan_action", "late_task", "on_hold_ends")},
}

FIXES = {
    "record_views": Fix(N_("Record what the child says"), "cases:views", _STEP), "assess": Fix(N_("Assess the child’s situation"), "cases:assess", _STEP),
    "hear_caregiver": Fix(N_("Record what the caregiver says"), "cases:views", _STEP),
    "plan": Fix(N_("Write the plan"), "cases:plan", _STEP), "review_risk": Fix(N_("Review the risk"), "cases:review", _STEP),
    "follow_up": Fix(N_("Record a contact"), "cases:follow_up", _STEP), "request_closure": Fix(N_("Ask to close the case"), "cases:close", _STEP),
    "transition_plan": Fix(N_("Make the plan for turning 18"), "cases:plan_transition", _STEP),
    "approval_waiting": Fix(N_("See the plan that waits"), "cases:approve", _STEP),
    **{f"{kind}_open": Fix(N_("See what is due"), "cases:case", _STEP, "due") for kind in ("immediate_safety", "guardian_request", "values_disputed", "tell_child")},
}

reasons.register(reasons=REASONS, events=EVENTS, evidence=EVIDENCE)
fixes.register(FIXES)
kinds.register(tasks=TASKS, whys=WHYS, wheres=WHERES)
