"""The words of the codes of tracing: reasons of safeguards, events of the timeline, kinds of tasks, places that mend."""

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

TRIGGERS = {
    "cross_border": N_("a border is crossed"), "child_hesitates": N_("the child hesitates"),
    "adult_not_verified": N_("another adult receives the child"), "custody_dispute": N_("custody is disputed"),
    "red_flags": N_("there were red flags in an interview"), "alert_hit": N_("there was a hit on the alert list"),
    "household_doubts": N_("there are doubts about the home"), "high_risk": N_("the risk is high"),
    "further_tracing_advised": N_("further tracing was advised"),
}
RED_FLAGS = {
    "child_afraid": N_("The child is afraid of the adult"), "adult_coached": N_("The adult seems to have been told what to say"),
    "asks_for_secrecy": N_("Someone asks for secrecy"), "pays_or_asks_money": N_("Money is offered or asked for"),
    "no_shared_memories": N_("No memory in common"), "documents_doubtful": N_("Documents look doubtful"),
    "third_person_pushes": N_("Another person pushes"), "many_children_claimed": N_("Several unrelated children are claimed"),
}
QUESTIONS = {
    "name_at_home": N_("What is she called at home?"), "sleeping_place": N_("Where did she sleep, and who beside her?"),
    "animal": N_("Which animal was there, and what was it called?"), "neighbour": N_("Who lived next door?"),
    "song_or_prayer": N_("Which song or prayer came before sleep?"), "mark_on_body": N_("Which mark does she have, and from what?"),
    "favourite_food": N_("What did she like best to eat, and who made it?"), "house": N_("What could be seen from the door?"),
    "last_day": N_("What happened on the last day together?"), "who_braided_or_washed": N_("Who braided or washed her hair?"),
    "gift": N_("Which gift does she remember?"), "accident": N_("Which accident or illness did she have?"),
    "school_or_work": N_("What was the teacher or the work called?"), "own_question": N_("A question of your own"),
}
STAGES = {
    "verification": N_("Both sides are being heard"), "verified": N_("Family verified"),
    "reunification_planned": N_("Reunification planned"), "reunification_approved": N_("Reunification approved"),
    "reunified": N_("With the family, visits go on"), "at_risk": N_("With the family, help is needed"),
    "stable": N_("With the family, stable"), "broken_down": N_("The reunification broke down"), "ended": N_("Ended"),
}
STATUSES = {
    "candidate": N_("To look at"), "shortlisted": N_("Agreed by this side"), "confirmed": N_("Family verified"),
    "rejected": N_("Not this family"), "expired": N_("No longer likely"),
}
MATCH_STATES = {
    "shortlisted": N_("Nobody heard yet"), "child_side_checked": N_("The child was heard"),
    "adult_side_checked": N_("The relative was heard"), "both_sides_checked": N_("Both were heard"),
    "confirmed": N_("Family verified"), "rejected": N_("Not this family"),
}
REUNION_STATES = {
    "planned": N_("Planned"), "approved": N_("Approved"), "handed_over": N_("With the family"), "at_risk": N_("Help is needed"),
    "stable": N_("Stable"), "broken_down": N_("Broken down"), "cancelled": N_("Given up"),
}
ALERT_KINDS = {
    "alleged_perpetrator": N_("Alleged to have harmed a child"), "trafficking": N_("Trafficking"),
    "court_order": N_("A court keeps this person away"), "false_claim": N_("False claims of kinship"), "other": N_("Other"),
}
ENDS = {
    "give_up": N_("Nobody was found; stop for now"), "relative_died": N_("The relative has died"),
    "restore_contact": N_("Contact only, without living together"),
}
DECISIONS = {
    "shortlist": N_("Agreed to compare with the other side"), "ask": N_("A supervisor was asked"), "reject": N_("Rejected"),
    "confirm": N_("Confirmed"),
}


def words(table: Mapping[str, str], code: str) -> str:
    """The words of a code of one of these tables."""
    return _(table[code]) if code in table else code


def alert_kinds() -> list[tuple[str, str]]:
    """Why someone may be on the alert list."""
    return [(code, _(said)) for code, said in ALERT_KINDS.items()]


def _because(sentence: str) -> reasons.Words:
    def said(params: Params) -> str:
        named = ", ".join(words(TRIGGERS, code) for code in str(params.get("triggers", "")).split())
        return _(sentence) % {"why": named}
    return said


def _coded(sentence: str, **lists: str) -> reasons.Words:
    def said(params: Params) -> str:
        return _(sentence) % {name: label(list_name, str(params.get(name, ""))) for name, list_name in lists.items()}
    return said


def _odds(code: str) -> str:
    from havre.web.parts.tags.figures import odds_words
    chances = {"very_unlikely": 0.01, "unlikely": 0.1, "open": 0.4, "likely": 0.7, "very_likely": 0.95, "almost_certain": 0.99}
    return odds_words(chances.get(code, 0.4))


def _found(params: Params) -> str:
    return _("A possible match was found: %(words)s.") % {"words": _odds(str(params.get("words", ""))).lower()}


def _waiting(params: Params) -> str:
    n = int(str(params.get("waiting", 1)))
    return ngettext("%(n)s secret answer has not been compared.", "%(n)s secret answers have not been compared.", n) % {"n": n}


def _differ(params: Params) -> str:
    n = int(str(params.get("different", 1)))
    return ngettext("%(n)s secret answer differs between the two sides.", "%(n)s secret answers differ between the two sides.", n) % {"n": n}


REASONS: dict[str, reasons.Words] = {
    "wishes_not_recorded": N_("Nobody has asked the child, or nobody has written what she wants."),
    "child_said_no": N_("The child does not want us to look."), "child_said_later": N_("The child wants us to look later."),
    "child_said_unsure": N_("The child is not sure yet."),
    "exception_needs_supervisor": N_("Only a supervisor may decide to look without the child’s yes."),
    "consent_missing_tracing_child": N_("Nobody has agreed yet that what is known of the child is shown to find the family."),
    "consent_refused_tracing_child": N_("It was refused that what is known of the child is shown to find the family."),
    "consent_missing_tracing_adult": N_("The relative was not asked whether this may be shown."),
    "consent_refused_tracing_adult": N_("The relative did not agree that this is shown to those who care for a child."),
    "publication_not_agreed": N_("The child was not asked about making a photo or name public."),
    "publication_refused": N_("The child, or who answers for her, refused to make a photo or name public."),
    "publication_not_approved": N_("A supervisor has not decided."),
    "publication_same_person": N_("You asked for this yourself. Another supervisor must decide."),
    "publication_needs_supervisor": N_("Only a supervisor may decide."),
    "no_interview_yet": N_("Neither the child nor the relative has been heard."),
    "child_side_missing": N_("The child has not been heard on her own."),
    "adult_side_missing": N_("The relative has not been heard. Someone else than the child’s interviewer must do it."),
    "same_interviewer": N_("You heard the other side and know the answers. Someone else must hear this side."),
    "not_recognised": N_("One of them says that they do not know the other."),
    "facts_not_compared": _waiting, "secret_fact_differs": _differ,
    "too_few_secret_facts": N_("%(same)s secret answers agree; at least %(needed)s are needed."),
    "identity_not_checked": N_("The relative’s identity was not checked."),
    "interviewer_decides": N_("You heard one of them. Someone who heard neither must decide."),
    "interpreter_not_sworn": N_("The interpreter has not promised to keep silent. A supervisor may accept a reason."),
    "alert_not_checked": N_("The adult who receives the child was not compared with the alert list."),
    "alert_check_old": N_("The comparison with the alert list is older than %(days)s days."),
    "alert_hit": N_("The alert list may concern this adult. A supervisor must look into it first."),
    "alert_cleared_by_planner": N_("Who planned the reunification may not clear the hit."),
    "red_flags_open": N_("Red flags of the interviews have not been looked into: %(count)s."),
    "household_not_assessed": N_("Nobody has seen the home."),
    "household_assessment_old": N_("The home was seen more than %(days)s days ago."),
    "household_assessed_in_future": N_("The day of the visit to the home has not come yet."),
    "adult_not_willing": N_("The adult does not clearly want to care for the child."),
    "adult_not_able": N_("The adult is not clearly able to care for the child, and nobody else was assessed."),
    "home_not_safe": N_("The home is not clearly safe."),
    "clearance_missing": N_("The law here asks for the authority’s agreement. Nobody has asked for it."),
    "clearance_waits": N_("The authority has not answered yet."), "clearance_refused": N_("The authority refused."),
    "clearance_expired": N_("The authority’s agreement no longer holds on that day."),
    "border_not_assessed": N_("Nobody has looked at whether crossing the border is safe for the child."),
    "border_risk_found": N_("The child would be in danger across the border."),
    "border_unclear": N_("It is not clear whether the child would be safe across the border."),
    "border_assessment_expired": N_("The look at the border no longer holds on that day."),
    "border_same_person": N_("Who planned the reunification may not judge the border. Someone else must."),
    "decision_not_asked": _because(N_("A best-interests decision is needed, because %(why)s.")),
    "decision_waits": _because(N_("The panel has not decided yet. It was asked because %(why)s.")),
    "decision_against": N_("The best-interests decision does not support this reunification."),
    "decision_expired": N_("The best-interests decision is too old."),
    "circumstances_changed": _because(N_("Since the best-interests decision something changed: %(why)s.")),
    "visits_missing": N_("%(missing)s of %(wanted)s visits are not planned in time."),
    "reunion_same_person": N_("You planned this yourself. Another supervisor must agree."),
    "reunion_needs_supervisor": N_("Only a supervisor of the team responsible may agree."),
    "match_open": N_("a possible family is being examined"),
    "reunification_open": N_("a reunification is under way"),
}

EVIDENCE: dict[str, reasons.Words] = {
    "child_said_yes": N_("The child said yes."), "best_interests_exception": N_("A supervisor wrote why it serves the child."),
    "consent_covers_tracing": N_("It was agreed to."), "publication_agreed_and_approved": N_("Agreed and approved."),
    "two_interviews_agree": N_("Two people heard both sides; %(same)s secret answers agree."),
    "no_interpreter": N_("No interpreter."), "interpreter_sworn": N_("The interpreter promised to keep silent."),
    "no_alert": N_("No alert concerns the adult."), "alert_cleared": N_("A hit was looked into and cleared."),
    "household_assessed": N_("The home was seen; the adult is willing and able."),
    "clearance_not_required": N_("Not asked for in this country."), "clearance_granted": N_("The authority agreed."),
    "no_border": N_("No border is crossed."), "border_safe": N_("Someone else found no danger."),
    "no_decision_needed": N_("Nothing makes this complex."), "decided_in_favour": N_("A panel member decided in favour."),
    "someone_else_approves": N_("Someone else decides."),
}

EVENTS: dict[str, reasons.Words] = {
    "request_received": _coded(N_("Request received from: %(relation)s."), relation="relationship_type"),
    "request_changed": N_("The request was changed."),
    "tracing_action_done": _coded(N_("Done to find the family: %(action)s, %(outcome)s."), action="tracing_action", outcome="tracing_action_outcome"),
    "tracing_ended": _coded(N_("The search ended: %(status)s."), status="tracing_status"),
    "wishes_recorded": _coded(N_("The child’s wishes were recorded: look for the family: %(tracing)s; go home: %(reunification)s."),
                              tracing="tracing_wish", reunification="reunification_wish"),
    "traced_without_wish": N_("A supervisor decided to look although the child has not said yes."),
    "searched_again": N_("Searched again."), "candidate_found": _found,
    "candidate_expired": N_("A possible match is no longer likely."),
    "other_side_asks": N_("The other side wants to compare."),
    "pair_decided": lambda params: _("Decided about a possible match: %(what)s.") % {"what": words(DECISIONS, str(params.get("decision", "")))},
    "sharing_ended": N_("The child’s agreement was taken back: the other side can no longer open the match."),
    "pair_rejected": N_("A pair was rejected. It stays hidden unless facts change."),
    "match_opened": N_("Both sides agreed. The match was opened."),
    "child_heard": N_("The child was heard."), "adult_heard": N_("The relative was heard."),
    "interview_recorded": N_("Interview recorded."),
    "facts_compared": N_("Secret answers compared: %(same)s of %(asked)s are the same."),
    "family_verified": N_("The family was verified."),
    "household_assessed": N_("The home was seen."),
    "clearance_recorded": _coded(N_("The authority’s word was recorded: %(state)s."), state="clearance_status"),
    "border_assessed": _coded(N_("The border was looked at: %(result)s."), result="refoulement_result"),
    "alert_checked": N_("The adult was compared with the alert list."), "alert_cleared": N_("A hit on the alert list was cleared, with reasons."),
    "red_flags_cleared": N_("Red flags were looked into, with reasons."), "alert_added": N_("Someone was put on the alert list."),
    "alert_ended": N_("An alert was ended."),
    "panel_asked": N_("A panel member was asked for a best-interests decision."),
    "best_interests_decided": _coded(N_("Best-interests decision: %(outcome)s."), outcome="verification_recommendation"),
    "reunification_planned": N_("A reunification was planned."), "reunification_approved": N_("The reunification was approved."),
    "reunification_cancelled": N_("The plan was given up."),
    "hand_over_signed": _coded(N_("Hand-over signed: %(signer)s."), signer="handover_signer"),
    "child_handed_over": N_("The child is with the family."),
    "family_visited": _coded(N_("The family was visited: %(outcome)s."), outcome="reunification_outcome"),
    "family_stable": N_("The family is stable; visits end."), "family_at_risk": N_("The family needs help."),
    "reunification_broke_down": N_("The reunification broke down."), "risk_raised_by_breakdown": N_("The risk was set to high."),
    "publication_asked": N_("It was asked to make a photo or name public."), "publication_decided": N_("The publication was decided on."),
}

TASKS: dict[str, reasons.Words] = {
    "start_tracing": N_("Begin to look for the family"), "record_wishes": N_("Ask the child what she wants"),
    "review_candidates": N_("Look at a possible family"), "answer_match": N_("Answer: may both sides compare?"),
    "advise_on_match": N_("Advise on a possible match"), "hear_child": N_("Hear the child alone"), "hear_adult": N_("Hear the relative"),
    "compare_facts": N_("Compare the secret answers"), "decide_match": N_("Decide: is this the family?"),
    "plan_reunification": N_("Plan how the child goes home"), "approve_reunification": N_("Decide on a reunification"),
    "hand_over": N_("Bring the child to the family"), "visit_family": N_("Visit the family"),
    "support_family": N_("Help a family at risk"), "act_on_breakdown": N_("Act: the reunification broke down"),
    "decide_best_interests": N_("Decide what is best for a child"), "tell_child_decision": N_("Tell the child what was decided"),
    "approve_publication": N_("Decide on making a photo or name public"),
}
WHYS: dict[str, reasons.Words] = {
    "tracing_starts_within": N_("The search starts within %(hours)s hours."),
    "possible_match_found": N_("The comparison found someone who may be the family."),
    "other_side_wants_to_compare": N_("Another worker agreed to show their side and waits for you."),
    "colleague_asks": N_("A colleague wants your advice."), "both_sides_agreed": N_("Both sides agreed. Hear them apart, soon."),
    "both_sides_heard": N_("Both were heard. Nobody has compared the answers."),
    "answers_compared": N_("The answers were compared. A family waits."),
    "family_verified": N_("The family is verified and waits."), "reunification_planned": N_("A colleague planned it and waits for you."),
    "reunification_approved": N_("It was approved for this day."),
    "visit_after_reunification": N_("Visit %(number)s after going home."), "family_at_risk": N_("A visit found that help is needed."),
    "reunification_broke_down": N_("The child is not with the family any more, or not safe."),
    "panel_asked": N_("You were asked to decide."), "child_told_within": N_("The child hears it first, within three working days."),
    "publication_asked": N_("A colleague asked for it."),
}
_CODE = ("code",)
WHERES = {
    **{kind: Where("tracing:go") for kind in ("start_tracing", "review_candidates", "advise_on_match", "visit_family",
                                              "act_on_breakdown", "tell_child_decision")},
    "record_wishes": Where("tracing:wishes"),
    **{kind: Where("tracing:candidate", ("about",)) for kind in ("answer_match", "hear_child", "hear_adult")},
    "compare_facts": Where("tracing:facts"), "decide_match": Where("tracing:verify"), "plan_reunification": Where("tracing:plan"),
    "approve_reunification": Where("tracing:approve"), "hand_over": Where("tracing:sign"), "support_family": Where("tracing:match"),
    "decide_best_interests": Where("tracing:decision"), "approve_publication": Where("tracing:publication", ("about",)),
}
PAGES = {"request": Where("tracing:request"), "match": Where("tracing:match")}

FIXES = {
    "record_wishes": Fix(N_("Record what the child wants"), "tracing:wishes_of", ("case_code",)),
    "change_request": Fix(N_("Ask the relative and change the request"), "tracing:change_of", ("request_code",)),
    "record_tracing_consent": Fix(N_("Record what is agreed"), "tracing:consent_of", ("case_code",)),
    "interview_child": Fix(N_("Hear the child"), "tracing:interview_child", _CODE),
    "interview_adult": Fix(N_("Hear the relative"), "tracing:interview_adult", _CODE),
    "compare_facts": Fix(N_("Compare the secret answers"), "tracing:facts", _CODE),
    "decide_match": Fix(N_("Decide about this pair"), "tracing:reject", _CODE),
    "check_alerts": Fix(N_("Compare with the alert list"), "tracing:alert", _CODE),
    "clear_alert": Fix(N_("Look into it"), "tracing:alert", _CODE),
    "assess_household": Fix(N_("Record a visit to the home"), "tracing:household", _CODE),
    "record_clearance": Fix(N_("Record what the authority said"), "tracing:clearance", _CODE),
    "assess_border": Fix(N_("Look at the border"), "tracing:border", _CODE),
    "ask_panel": Fix(N_("Ask a panel member"), "tracing:ask", _CODE),
    "plan_reunification": Fix(N_("Plan the visits"), "tracing:plan", _CODE),
    "tracing_open": Fix(N_("See the search"), "tracing:child", _CODE), "match_open": Fix(N_("See the search"), "tracing:child", _CODE),
    "reunification_open": Fix(N_("See the search"), "tracing:child", _CODE),
}

reasons.register(reasons=REASONS, events=EVENTS, evidence=EVIDENCE)
fixes.register(FIXES)
kinds.register(tasks=TASKS, whys=WHYS, wheres=WHERES, pages=PAGES)
