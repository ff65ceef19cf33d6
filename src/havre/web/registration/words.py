"""The words of registration's codes: reasons of safeguards, events of the timeline, evidence, places that mend."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.core.words import N_
from havre.reference import codes
from havre.registration import queries
from havre.web.parts import fixes, reasons
from havre.web.registration.choosing import reader
from havre.web.today import kinds


def _with_purpose(sentence: str) -> reasons.Words:
    """A sentence that names the use, in the reader's words."""
    def say(params: Mapping[str, object]) -> str:
        return reasons.fill(_(sentence), {"use": codes.label("consent_purpose", str(params.get("purpose", "")), reader())})
    return say


def _basis(params: Mapping[str, object]) -> str:
    return _("“%(basis)s” does not cover this use: %(use)s.") % {
        "basis": codes.label("legal_basis", str(params.get("basis", "")), reader()),
        "use": codes.label("consent_purpose", str(params.get("purpose", "")), reader())}


def _need(params: Mapping[str, object]) -> str:
    return _("Nothing is written about what was done for this need: %(need)s.") % {
        "need": codes.label("immediate_need", str(params.get("need", "")), reader())}


def _left(params: Mapping[str, object]) -> str:
    n = int(str(params.get("number", 1)))
    return ngettext("%(n)s record that was found waits for your answer.", "%(n)s records that were found wait for your answer.", n) % {"n": n}


def _new(params: Mapping[str, object]) -> str:
    n = int(str(params.get("number", 1)))
    return ngettext("With what is known now, %(n)s more record fits. Search again.",
                    "With what is known now, %(n)s more records fit. Search again.", n) % {"n": n}


def _proposed(params: Mapping[str, object]) -> str:
    n = int(str(params.get("number", 1)))
    return ngettext("%(n)s other case may be of the same family.", "%(n)s other cases may be of the same family.", n) % {"n": n}


def _relative(params: Mapping[str, object]) -> str:
    return _("Added to the family: %(relation)s.") % {"relation": codes.label("relationship_type", str(params.get("relation", "")), reader())}


def _settled(params: Mapping[str, object]) -> str:
    from havre.web.registration.showing import field_words
    fields = params.get("fields")
    named = ", ".join(field_words(str(f)) for f in fields) if isinstance(fields, list) else ""
    return _("A choice was made between two values: %(fields)s.") % {"fields": named}


def _changed(params: Mapping[str, object]) -> str:
    from havre.web.registration.showing import field_words
    fields = params.get("fields")
    named = ", ".join(field_words(str(f)) for f in fields) if isinstance(fields, list) else ""
    return _("What is known of a person was corrected: %(fields)s.") % {"fields": named}


def _agency(sentence: str) -> reasons.Words:
    """A sentence that names an agency and its contact by the code of the agency."""
    def say(params: Mapping[str, object]) -> str:
        name, contact = queries.agency_named(str(params.get("agency", "")))
        return reasons.fill(_(sentence), {"agency": name, "contact": contact or _("no contact is recorded")})
    return say


REASONS: Mapping[str, reasons.Words] = {
    "no_legal_basis": N_("It is not written on what basis this information is kept."),
    "basis_does_not_cover": _basis,
    "basis_without_reason": N_("A basis other than consent needs its reason in words."),
    "consent_missing": _with_purpose(N_("Nobody has agreed to this yet: %(use)s.")),
    "consent_expired": _with_purpose(N_("The agreement to this is over: %(use)s.")),
    "consent_withdrawn": _with_purpose(N_("The agreement to this was taken back: %(use)s.")),
    "consent_refused": _with_purpose(N_("This was refused: %(use)s.")),
    "caregiver_refused": _with_purpose(N_("The adult responsible refuses: %(use)s. If following this refusal puts the child in danger, write why.")),
    "caregiver_consent_missing": _with_purpose(N_("At this age a parent or caregiver must agree: %(use)s. If none can be asked, write why.")),
    "child_refused": _with_purpose(N_("The child says no: %(use)s. Only a danger to life or a duty by law may go over this.")),
    "child_assent_missing": _with_purpose(N_("The child has not said yes yet: %(use)s.")),
    "child_consent_missing": _with_purpose(N_("At this age the child decides, and has not agreed yet: %(use)s.")),
    "assent_not_written": _with_purpose(N_("At this age the child’s yes is in writing, recorded, or a thumbprint: %(use)s.")),
    "not_searched": N_("Nobody has searched yet."),
    "search_too_old": N_("The search is older than %(hours)s hours. Search again."),
    "already_registered": N_("You said that this child is registered already. Open that case, or correct your answer."),
    "hits_not_reviewed": _left,
    "new_hits": _new,
    "needs_not_asked": N_("Nobody has asked yet what the child needs right now."),
    "need_without_action": _need,
    "may_be_a_child": N_("This person may be under %(majority)s and must be treated as a child."),
    "doubt_not_named": N_("The age is in doubt, and this is not written."),
}
EVENTS: Mapping[str, reasons.Words] = {
    "child_registered": N_("Child registered."),
    "consent_recorded": N_("What was agreed or refused was recorded."),
    "consent_withdrawn": N_("An agreement was taken back."),
    "legal_basis_recorded": N_("The basis for keeping this file was recorded."),
    "person_changed": _changed,
    "dispute_settled": _settled,
    "photo_added": N_("Photo added."),
    "photo_retired": N_("A photo is shown no longer."),
    "family_member_added": _relative,
    "siblings_proposed": _proposed,
    "sibling_accepted": N_("Another case is of the same family."),
    "sibling_declined": N_("Another case is not of the same family."),
    "agency_asks": _agency(N_("%(agency)s asks about this child, reach them at: %(contact)s.")),
    "focal_point_asked": N_("The focal point of another agency was asked about this child."),
}
EVIDENCE: Mapping[str, reasons.Words] = {
    "caregiver_consent": N_("A caregiver agreed."),
    "child_assent": N_("The child agreed."),
    "child_written_assent": N_("The child agreed in writing."),
    "child_consent": N_("The child decided."),
    "exception:caregiver_absent": N_("No caregiver can be reached; the reason is written."),
    "exception:caregiver_unsafe": N_("Asking the caregiver would put the child in danger; the reason is written."),
    "exception:life_at_risk": N_("A life is at risk; the reason is written."),
    "exception:mandatory_reporting": N_("The law requires a report; the reason is written."),
    "presumed_child": N_("The age is in doubt, so the person is treated as a child."),
    "child": N_("The person is a child."),
    "adult": N_("The person is an adult."),
}

TASKS: Mapping[str, reasons.Words] = {
    "answer_agency": N_("Answer another agency about this child"),
    "sibling_question": N_("Say whether another case is of the same family"),
}
WHYS: Mapping[str, reasons.Words] = {
    "agency_asks": _agency(N_("%(agency)s asks, reach them at: %(contact)s.")),
    "same_family_elsewhere": N_("A worker of another case says that it is the same family."),
}
_CODE = ("code",)

kinds.register(tasks=TASKS, whys=WHYS, wheres={"sibling_question": kinds.Where("registration:family")})
reasons.register(reasons=REASONS, events=EVENTS, evidence=EVIDENCE)
fixes.register({
    "register_search": fixes.Fix(N_("Search for an earlier record"), "registration:search", _CODE),
    "register_needs": fixes.Fix(N_("Ask what the child needs right now"), "registration:needs", _CODE),
    "register_age": fixes.Fix(N_("Look at the age again"), "registration:child", _CODE),
    "register_consent": fixes.Fix(N_("Ask for agreement"), "registration:agreement", _CODE),
    "record_consent": fixes.Fix(N_("Record what is agreed"), "registration:consent", _CODE),
})
