"""The questions of an assessment, in two steps: what was found, then how strong it is and how high the risk.

The first step is a list to tick at each of the four levels of the child's world. The second asks about each ticked line,
so that a page never holds more than is needed. Nothing is stored in between: the ticks travel in the form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from havre.cases.given import AssessmentGiven, FactorGiven, ViewGiven
from havre.cases.rules import NO_VIEWS, FactorKind, Level
from havre.reference import codes
from havre.web.cases.forms import choices
from havre.web.cases.labels import label
from havre.web.parts.forms import HavreForm, ManyOf, OneOf, TextAnswer, yes_no

KINDS = (FactorKind.RISK, FactorKind.PROTECTIVE)


def level_words() -> dict[str, str]:
    """The four levels in words."""
    return {Level.INDIVIDUAL: __("The child"), Level.HOUSEHOLD: __("Family and household"), Level.COMMUNITY: __("Community and route"),
            Level.STRUCTURAL: __("Laws, services and country")}


def of_level(kind: str, level: str) -> tuple[str, ...]:
    """The codes of a level that may be chosen."""
    known = codes.levels(f"{kind}_factor")
    return tuple(code for code in codes.load(f"{kind}_factor").codes() if known.get(code) == level)


class FactorsForm(HavreForm):
    """First step: what raises and what lowers the danger, and which concerns there are."""

    def __init__(self, *args: Any, concerns: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in Level:
            for kind in KINDS:
                self.fields[f"{kind}_{level}"] = ManyOf(f"{kind}_factor", only=of_level(kind, level), required=False, open=True, label=(
                    _("What makes it more dangerous?") if kind == FactorKind.RISK else _("What protects?")))
        self.fields["concerns"] = ManyOf("protection_concern", label=_("What worries you about this child?"), required=False, open=True,
                                         initial=list(concerns))

    def levels(self) -> list[tuple[str, list[BoundField]]]:
        """The level in words with its two lists."""
        return [(words, [self[f"{kind}_{level}"] for kind in KINDS]) for level, words in level_words().items()]

    def ticked(self) -> list[tuple[str, str]]:
        """The chosen factors as (kind, code), in the order of the page."""
        return [(kind.value, code) for level in Level for kind in KINDS for code in self.cleaned_data[f"{kind}_{level}"]]


@dataclass(frozen=True, slots=True)
class Line:
    """The questions about one ticked factor."""

    words: str
    protects: bool
    strength: BoundField
    phase: BoundField
    changeable: BoundField
    evidence: BoundField


class AssessmentForm(HavreForm):
    """Second step: each ticked factor, the child's views, the risk with its reasons."""

    mode = OneOf("assessment_mode", label=_("Where did you meet the child?"))
    seen_alone = yes_no(label=_("Did you see the child alone?"), help_text=_("An interpreter does not count."))
    not_alone_reason = TextAnswer(label=_("If not: why not?"), long=True, rows=2, required=False)
    present = ManyOf("person_role", label=_("Who else was there?"), required=False,
                     only=("parent", "caregiver", "relative", "guardian", "legal_representative", "household_member", "service_provider",
                           "other"))
    home_visit = yes_no(label=_("Did you see where the child lives?"), required=False)
    views_mode = OneOf("views_mode", label=_("How did the child say what he or she thinks?"), required=False, open=True)
    views_words = TextAnswer(label=_("What does the child say about how things are?"), long=True, rows=4, required=False)
    views_language = OneOf(label=_("In which language?"), choices=(), required=False)
    views_no_views_reason = TextAnswer(label=_("If there are no views: why not?"), long=True, rows=2, required=False)
    risk_flags = ManyOf("forced_high_flag", label=_("Is any of this true now?"), required=False, open=True,
                        help_text=_("Each of these makes the risk high until it is gone."))
    safety_plan = TextAnswer(label=_("If the child may harm himself or herself: what keeps the child safe today?"), long=True, rows=3,
                             required=False)
    risk_level = OneOf("risk_level", label=_("How high is the risk?"))
    risk_reasons = TextAnswer(label=_("Why?"), long=True, rows=3, error_messages={"required": _("Write the reasons for the level.")})
    summary = TextAnswer(label=_("In short: what did you find?"), long=True, rows=3, required=False)

    def __init__(self, *args: Any, ticked: Iterable[tuple[str, str]] = (), concerns: Iterable[str] = (),
                 languages: tuple[str, ...] = (), views_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticked, self.concerns, self.views_known = list(ticked), list(concerns), views_known
        self.fields["views_language"].choices = choices.spoken(languages)  # type: ignore[attr-defined]
        for kind, code in self.ticked:
            name = f"{kind}-{code}"
            self.fields[f"{name}-strength"] = OneOf("factor_strength", only=("slight", "moderate", "strong"), label=_("How strong?"))
            self.fields[f"{name}-phase"] = OneOf("route_phase", label=_("When?"))
            self.fields[f"{name}-changeable"] = yes_no(label=_("Can it be changed?"), required=False)
            self.fields[f"{name}-evidence"] = TextAnswer(label=_("How do you know?"), required=False)
        for concern in self.concerns:
            self.fields[f"concern-{concern}"] = OneOf(label=label("protection_concern", concern), choices=concern_levels)

    def lines(self) -> list[Line]:
        """The questions of each ticked factor."""
        return [Line(label(f"{kind}_factor", code), kind == FactorKind.PROTECTIVE, *(
            self[f"{kind}-{code}-{part}"] for part in ("strength", "phase", "changeable", "evidence"))) for kind, code in self.ticked]

    def concern_fields(self) -> list[BoundField]:
        """One question for each concern."""
        return [self[f"concern-{c}"] for c in self.concerns]

    def hidden_ticks(self) -> list[tuple[str, str]]:
        """The ticks of the first step as (name, value), to travel on."""
        known = {kind: codes.levels(f"{kind}_factor") for kind in KINDS}
        return [*((f"{kind}_{known[FactorKind(kind)][code]}", code) for kind, code in self.ticked), *(("concerns", c) for c in self.concerns)]

    def given(self) -> AssessmentGiven:
        """The answers for the action."""
        data = self.cleaned_data
        return AssessmentGiven(
            mode=data["mode"], child_seen_alone=data["seen_alone"] == "yes", not_alone_reason=data["not_alone_reason"],
            persons_present=tuple(data["present"]), home_visit=data["home_visit"] == "yes", risk_level=data["risk_level"],
            risk_reasons=data["risk_reasons"], risk_flags=tuple(data["risk_flags"]), summary=data["summary"],
            safety_plan=data["safety_plan"], views=_views(data), factors=tuple(_factor(data, k, c) for k, c in self.ticked),
            concern_levels={c: data[f"concern-{c}"] for c in self.concerns})


def concern_levels() -> choices.Choices:
    """How serious a concern is, or that it is resolved."""
    return [*((code, label("risk_level", code)) for code in ("high", "medium", "low")), ("resolved", __("Resolved"))]


STRENGTHS = ("absent", "slight", "moderate", "strong")


def _factor(data: Mapping[str, Any], kind: str, code: str) -> FactorGiven:
    name = f"{kind}-{code}"
    return FactorGiven(code=code, kind=kind, strength=STRENGTHS.index(data[f"{name}-strength"]), phase=data[f"{name}-phase"],
                       changeable=data[f"{name}-changeable"] == "yes", evidence=data[f"{name}-evidence"])


def _views(data: Mapping[str, Any]) -> ViewGiven | None:
    if not data["views_mode"] and not data["views_words"]:
        return None
    mode = data["views_mode"] or "own_words"
    return ViewGiven(topic="situation", mode=mode, words="" if mode in NO_VIEWS else data["views_words"],
                     language=data["views_language"], interpreter=mode == "via_interpreter", alone=data["seen_alone"] == "yes",
                     no_views_reason=data["views_no_views_reason"])


class ReviewForm(HavreForm):
    """The risk, looked at again."""

    risk_flags = ManyOf("forced_high_flag", label=_("Is any of this true now?"), required=False, open=True,
                        help_text=_("Each of these makes the risk high until it is gone."))
    risk_level = OneOf("risk_level", label=_("How high is the risk now?"))
    risk_reasons = TextAnswer(label=_("Why?"), long=True, rows=3, error_messages={"required": _("Write the reasons for the level.")})

    def __init__(self, *args: Any, concerns: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concerns = list(concerns)
        for concern in self.concerns:
            self.fields[f"concern-{concern}"] = OneOf(label=label("protection_concern", concern), choices=concern_levels, required=False)

    def concern_fields(self) -> list[BoundField]:
        """One question for each concern."""
        return [self[f"concern-{c}"] for c in self.concerns]

    def levels(self) -> dict[str, str]:
        """The levels that were answered."""
        return {c: self.cleaned_data[f"concern-{c}"] for c in self.concerns if self.cleaned_data[f"concern-{c}"]}
