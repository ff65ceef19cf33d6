"""What do fifteen answers and a look ask of us? Pure: no score, only what must happen next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from havre.core.partialdates import AgeRange

NOT_ASKED: Final = "not_asked"
ASIDES: Final = (NOT_ASKED, "does_not_know", "does_not_want_to_say")
OLDEST: Final = 120
LONGEST_WORDS: Final = 200
LONGEST_NOTE: Final = 500


class Outcome(StrEnum):
    """Where the child is sent next: code list `screening_outcome`. Several may hold at once."""

    NO_CONCERN = "no_concern"
    REFER_CP = "refer_cp"
    URGENT_SAFETY = "urgent_safety"
    REFER_ASYLUM = "refer_asylum"
    REFER_TRAFFICKING = "refer_trafficking"
    REFER_MEDICAL = "refer_medical"
    AGE_IN_DOUBT = "age_in_doubt"


class Sign(StrEnum):
    """What by itself sends a child to child protection: code list `screening_sign`."""

    ALONE = "alone"
    WITH_UNRELATED_ADULT = "with_unrelated_adult"
    FEAR_OF_RETURN = "fear_of_return"
    HURT = "hurt"
    FORCED_OR_CONTROLLED = "forced_or_controlled"
    SICK = "sick"
    PREGNANT = "pregnant"
    SAYS_UNDER_18 = "says_under_18"


class Kind(StrEnum):
    """How a question is answered."""

    AGE = "age"
    ONE = "one"
    MANY = "many"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Question:
    """One of the fifteen. `calls` are the answers that ask for something at once; every question may be skipped."""

    code: str
    kind: Kind
    options: tuple[str, ...] = ()
    calls: frozenset[str] = frozenset()


def _one(code: str, options: str, calls: str = "") -> Question:
    return Question(code, Kind.ONE, tuple(options.split()), frozenset(calls.split()))


def _many(code: str, options: str, calls: str = "") -> Question:
    return Question(code, Kind.MANY, tuple(options.split()), frozenset(calls.split()))


QUESTIONS: Final = (
    Question("age_birthday", Kind.AGE),
    _one("who_with", "alone other_children parent_or_relative unrelated_adult", "alone other_children unrelated_adult"),
    _one("parents_where", "can_be_reached cannot_be_reached"),
    _many("hurt_ill_hungry", "hurt ill pregnant hungry none", "hurt ill pregnant"),
    _one("safe_with_companion", "yes no", "no does_not_know does_not_want_to_say"),
    _one("hurt_or_threatened", "yes no"),
    _one("papers_phone_money_kept", "yes no"),
    _one("debt_for_trip", "yes no"),
    _one("promised_something", "yes no"),
    _one("made_to_work", "yes no"),
    _one("afraid_to_go_back", "yes no", "yes"),
    _many("functional_difficulty", "see hear walk understand none"),
    Question("destination_contact", Kind.WORDS),
    _one("sleep_tonight", "with_family nowhere at_post", "nowhere at_post does_not_know"),
    _one("tell_someone_else", "yes no"),
)
BY_CODE: Final = {question.code: question for question in QUESTIONS}
OBSERVATIONS: Final = ("companion_speaks_for_child", "fear", "coaching", "injuries", "no_documents", "story_mismatch")
UNDERSTOOD: Final = ("yes", "interpreter", "no")
NEEDS: Final = ("health", "safety", "interim_care", "food_shelter")

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Triage:
    """What the answers ask for. `outcomes` come most urgent first; `needs` are codes of `immediate_need`."""

    outcomes: tuple[Outcome, ...]
    signs: tuple[Sign, ...]
    needs: tuple[str, ...]
    wants_to_talk: bool
    presumed_child: bool


def cleaned(answers: Answers) -> tuple[dict[str, Any], list[str]]:
    """Keep what was answered, in the order of the questions; say which questions hold something unknown.

    A skipped question is left out: it was not asked. "None of these" beside another answer is dropped.
    """
    out: dict[str, Any] = {}
    wrong = [code for code in answers if code not in BY_CODE]
    for question in QUESTIONS:
        given = answers.get(question.code)
        if given in (None, "", [], (), {}) or given == NOT_ASKED:
            continue
        value = _value(question, given)
        if value is None:
            wrong.append(question.code)
        else:
            out[question.code] = value
    return out, wrong


def _value(question: Question, given: Any) -> Any:
    """The stored form of an answer, or None when it cannot be one."""
    if isinstance(given, str) and given in ASIDES:
        return given
    if question.kind is Kind.AGE:
        return _age_value(given)
    if question.kind is Kind.WORDS:
        words = " ".join(given.split()) if isinstance(given, str) else ""
        return words if 0 < len(words) <= LONGEST_WORDS else None
    if question.kind is Kind.ONE:
        return given if given in question.options else None
    if not isinstance(given, list | tuple) or not set(given) <= {*question.options, *ASIDES}:
        return None
    real = [option for option in question.options if option in given and option != "none"]
    return real or (["none"] if "none" in given else next((a for a in ASIDES[1:] if a in given), None))


def _age_value(given: Any) -> dict[str, int] | None:
    try:
        low, high = int(given["low"]), int(given["high"])
    except (KeyError, TypeError, ValueError):
        return None
    return {"low": low, "high": high} if 0 <= low <= high <= OLDEST else None


def age_of(answers: Answers) -> AgeRange | None:
    """The ages the child can have by their own words; None when nothing is known."""
    said = answers.get("age_birthday")
    return AgeRange(said["low"], said["high"]) if isinstance(said, Mapping) else None


def answered(answers: Answers) -> int:
    """How many questions were asked and have an answer or an aside."""
    return len(answers)


def triage(answers: Answers, observations: Iterable[str] = (), majority: int = 18) -> Triage:
    """Judge cleaned answers. Whoever may be under `majority` is presumed a child and referred.

    Source: first-contact rules b1 and b14 of the domain reference; an unknown age counts as a child's (G34).
    """
    seen = set(observations)
    ages = age_of(answers)
    child = ages is None or ages.low < majority
    signs = tuple(sign for sign, holds in _signs(answers, seen, ages, majority).items() if holds)
    found = {
        Outcome.URGENT_SAFETY: _unsafe(answers) or (child and _no_bed(answers)),
        Outcome.REFER_MEDICAL: bool(_chosen(answers, "hurt_ill_hungry") & {"hurt", "ill", "pregnant"}) or "injuries" in seen,
        Outcome.REFER_TRAFFICKING: _maybe_trafficked(answers, seen),
        Outcome.REFER_ASYLUM: _is(answers, "afraid_to_go_back"),
        Outcome.AGE_IN_DOUBT: ages is None or ages.low < majority <= ages.high,
        Outcome.REFER_CP: child or bool(signs),
    }
    outcomes = tuple(outcome for outcome, holds in found.items() if holds) or (Outcome.NO_CONCERN,)
    return Triage(outcomes, signs, _needs(answers, seen, child), _is(answers, "tell_someone_else"), child)


def _signs(answers: Answers, seen: set[str], ages: AgeRange | None, majority: int) -> dict[Sign, bool]:
    body, company = _chosen(answers, "hurt_ill_hungry"), answers.get("who_with")
    return {
        Sign.ALONE: company in ("alone", "other_children"),
        Sign.WITH_UNRELATED_ADULT: company == "unrelated_adult",
        Sign.FEAR_OF_RETURN: _is(answers, "afraid_to_go_back"),
        Sign.HURT: "hurt" in body or _is(answers, "hurt_or_threatened") or "injuries" in seen,
        Sign.FORCED_OR_CONTROLLED: (answers.get("safe_with_companion") == "no" or _is(answers, "papers_phone_money_kept")
                                    or _is(answers, "made_to_work") or "companion_speaks_for_child" in seen),
        Sign.SICK: "ill" in body,
        Sign.PREGNANT: "pregnant" in body,
        Sign.SAYS_UNDER_18: ages is not None and ages.low < majority,
    }


def _needs(answers: Answers, seen: set[str], child: bool) -> tuple[str, ...]:
    body = _chosen(answers, "hurt_ill_hungry")
    found = {
        "health": bool(body & {"hurt", "ill", "pregnant"}) or "injuries" in seen,
        "safety": _unsafe(answers),
        "interim_care": child and answers.get("who_with") in ("alone", "other_children", "unrelated_adult"),
        "food_shelter": "hungry" in body or _no_bed(answers),
    }
    return tuple(need for need in NEEDS if found[need])


def _chosen(answers: Answers, code: str) -> set[str]:
    value = answers.get(code)
    return set(value) if isinstance(value, list | tuple) else set()


def _is(answers: Answers, code: str, value: str = "yes") -> bool:
    return bool(answers.get(code) == value)


def _unsafe(answers: Answers) -> bool:
    return answers.get("safe_with_companion") in BY_CODE["safe_with_companion"].calls


def _no_bed(answers: Answers) -> bool:
    return answers.get("sleep_tonight") in BY_CODE["sleep_tonight"].calls


def _maybe_trafficked(answers: Answers, seen: set[str]) -> bool:
    bound = _is(answers, "debt_for_trip") and _is(answers, "promised_something")
    spoken_for = "companion_speaks_for_child" in seen and bool(seen & {"fear", "coaching", "story_mismatch"})
    return _is(answers, "made_to_work") or _is(answers, "papers_phone_money_kept") or bound or spoken_for
