"""What do the forms of tracing hand to its actions, and what may be typed? Frozen shapes; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.registration.inputs import KinInput, PersonInput
from havre.tracing.rules import SECRET_QUESTIONS

NEEDED = N_("This question needs an answer.")
CHOOSE = N_("Choose one of the answers.")
WHY = N_("Write your reasons. Others will rely on them.")


@dataclass(frozen=True, slots=True)
class RequestInput:
    """A relative who looks for a child, as it was told. `family` are others of the child's family, related to the child."""

    inquirer: PersonInput
    sought: PersonInput
    relation: str
    lived_with: str = ""
    consent_share: bool = False
    consent_mode: str = ""
    language: str = ""
    message: str = ""
    circumstances: str = ""
    separation_cause: str = ""
    family: Sequence[KinInput] = ()
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WishInput:
    """What a child said about tracing and going home. `persons_sought` in the order she named them."""

    tracing: str
    reunification: str = "unsure"
    words: str = ""
    why: str = ""
    persons_sought: Sequence[Mapping[str, str]] = ()
    alone: bool = False
    present: Sequence[str] = ()
    language: str = ""
    interpreter: bool = False
    interpreter_sworn: bool = False
    told_back: bool = False


@dataclass(frozen=True, slots=True)
class LaneInput:
    """One side heard. `answers` is question key -> answer; `own_question` the words of a question of one's own."""

    answers: Mapping[str, str]
    own_question: str = ""
    recognises: str = "unsure"
    wants: str = "unsure"
    identity_checked: str = ""
    language: str = ""
    interpreter: bool = False
    interpreter_sworn: bool = False
    alone: bool = False
    red_flags: Sequence[str] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class PlanInput:
    """A reunification as planned. `visits` are days of the calendar."""

    type: str
    planned_on: date
    country: str
    place: str = ""
    plan: str = ""
    child_view: str = ""
    verified_adult: bool = True
    other_adult_reason: str = ""
    adult_names: str = ""
    relation: str = ""
    custody_dispute: bool = False
    visits: Sequence[date] = field(default=())


def need(errors: dict[str, list[str]], **texts: str) -> None:
    """Note an error for each text that is empty."""
    for name, text in texts.items():
        if not str(text or "").strip():
            errors.setdefault(name, []).append(NEEDED)


def need_reasons(name: str, text: str) -> str:
    """The reasons as typed, without outer spaces. Raises InputRefused when there are none."""
    reasons = str(text or "").strip()
    if not reasons:
        raise InputRefused({name: [WHY]})
    return reasons


def one_of(errors: dict[str, list[str]], name: str, value: str, allowed: Collection[str]) -> None:
    """Note an error when a code is not among those allowed."""
    if value not in allowed:
        errors.setdefault(name, []).append(CHOOSE if value else NEEDED)


def refuse(errors: Mapping[str, list[str]]) -> None:
    """Raise InputRefused when there is any error."""
    if errors:
        raise InputRefused(errors)


def asked_facts(given: LaneInput, asked: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The secret questions with their answers, in order. Raises InputRefused.

    The first side heard chooses at least two questions and answers them; the second is asked the same ones and may not know.
    """
    if asked:
        return [{"key": q["key"], "text": q.get("text", ""), "answer": str(given.answers.get(q["key"], "")).strip()} for q in asked]
    chosen = [(key, str(answer).strip()) for key, answer in given.answers.items() if str(answer).strip()]
    unknown = [key for key, _ in chosen if key not in SECRET_QUESTIONS]
    if unknown:
        raise InputRefused({"": [CHOOSE]})
    if len(chosen) < 2:
        raise InputRefused({"": [N_("Record at least two answers that only the family can know.")]})
    if any(key == "own_question" for key, _ in chosen) and not given.own_question.strip():
        raise InputRefused({"own_question": [N_("Write the question you asked.")]})
    return [{"key": key, "text": given.own_question.strip() if key == "own_question" else "", "answer": answer}
            for key, answer in chosen]
