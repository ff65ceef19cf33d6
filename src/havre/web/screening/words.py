"""How are the answers of first contact said, and what is advised at once? English here, French in the catalogue."""

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.core.words import N_
from havre.identification import rules
from havre.reference import codes
from havre.web.parts import fixes, reasons
from havre.web.today import kinds

_YES_NO: Final = {"yes": N_("Yes"), "no": N_("No")}

OPTIONS: Final[dict[str, dict[str, str]]] = {
    "who_with": {"alone": N_("Alone"), "other_children": N_("Only other children"), "parent_or_relative": N_("Parent or relative"),
                 "unrelated_adult": N_("An adult who is not family")},
    "parents_where": {"can_be_reached": N_("Can be reached"), "cannot_be_reached": N_("Cannot be reached")},
    "hurt_ill_hungry": {"hurt": N_("Hurt"), "ill": N_("Ill"), "pregnant": N_("Pregnant"), "hungry": N_("Hungry or thirsty"),
                        "none": N_("None of these")},
    "functional_difficulty": {"see": N_("See"), "hear": N_("Hear"), "walk": N_("Walk"), "understand": N_("Understand"), "none": N_("None of these")},
    "sleep_tonight": {"with_family": N_("A place with family"), "nowhere": N_("Nowhere yet"), "at_post": N_("Here at the post")},
    "tell_someone_else": {"yes": N_("Yes, to someone else"), "no": N_("No")},
}

ADVICE: Final[dict[str, tuple[str, str]]] = {
    "who_with": (N_("Refer the same day."), N_("Keep brothers and sisters together. Speak with the child away from any unrelated adult.")),
    "hurt_ill_hungry": (N_("Get a health worker today."), N_("This does not wait for the other questions.")),
    "safe_with_companion": (N_("Do not send the child back to that person."), N_("Stay near, call child protection now.")),
    "afraid_to_go_back": (N_("The child may not be returned."), N_("The answer goes to the asylum service with this form.")),
    "sleep_tonight": (N_("A safe bed is found before night."), N_("Never a cell, never with unrelated adults.")),
}

HINTS: Final = {
    "age_birthday": N_("Not sure means child. Do not ask for proof."),
    "hurt_ill_hungry": N_("Choose all that apply."),
    "safe_with_companion": N_("Ask only when that person cannot hear."),
    "hurt_or_threatened": N_("Yes or no is enough. Do not ask who, where or how."),
    "afraid_to_go_back": N_("Yes or no is enough."),
    "functional_difficulty": N_("Choose all that apply."),
    "destination_contact": N_("A country or a town is enough. Write the child’s words. Do not ask about the route or who helped."),
    "tell_someone_else": N_("They will be told to ask."),
}

UNDERSTOOD: Final = {"yes": N_("Yes, we speak the same language"), "interpreter": N_("Yes, through an interpreter"),
                     "no": N_("No")}

STATUS: Final = {"referred": N_("Waiting"), "acknowledged": N_("Taken"), "registered": N_("Child registered"),
                 "no_concern": N_("Nothing worrying")}

reasons.register(
    events={
        "screening_sent": N_("First contact sent to child protection."),
        "screening_acknowledged": N_("Child protection has taken over."),
        "screening_registered": N_("The child is registered."),
    },
)
kinds.register(wheres={"take_referral": kinds.Where("screening:intake")}, pages={"screening": kinds.Where("screening:intake")})
fixes.register({"screening_intake": fixes.Fix(N_("Open the first contact"), "screening:intake", params=("code",))})


def lang() -> str:
    """The reader's language for labels of code lists."""
    return (get_language() or "en").split("-")[0]


def question(code: str) -> str:
    """The question with its number, as it is read out to the child."""
    number = [q.code for q in rules.QUESTIONS].index(code) + 1
    return f"{number}. {codes.label('screening_question', code, lang())}"


def option(code: str, value: str) -> str:
    """An answer in the reader's language."""
    if value in rules.ASIDES:
        return codes.label("unknown_answer", value, lang())
    return _(OPTIONS.get(code, _YES_NO)[value])


def answer(code: str, value: Any) -> str:
    """A stored answer as one line; "Not asked" when there is none."""
    if value is None:
        return codes.label("unknown_answer", rules.NOT_ASKED, lang())
    if isinstance(value, dict):
        low, high = value["low"], value["high"]
        return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    if isinstance(value, list):
        return ", ".join(option(code, one) for one in value)
    if rules.BY_CODE[code].kind is rules.Kind.WORDS and value not in rules.ASIDES:
        return str(value)
    return option(code, value)
