"""How far has each child's case come, and what was written on the way?"""

from datetime import date, timedelta
from random import Random

from havre.demo.world import texts
from havre.demo.world.descriptions import name_in, relation_of
from havre.demo.world.hearing import ORDINARY
from havre.demo.world.model import (
    Caregiver,
    CaseStory,
    FollowUp,
    Goal,
    ImmediateNeed,
    Person,
    Screening,
    Script,
    Stage,
    Views,
)

STAGE_SHARES: tuple[tuple[Stage, float], ...] = (
    (Stage.SCREENED, 0.06),
    (Stage.REGISTERED, 0.18),
    (Stage.ASSESSED, 0.14),
    (Stage.PLAN_AGREED, 0.14),
    (Stage.IMPLEMENTING, 0.22),
    (Stage.TRACING, 0.10),
    (Stage.VERIFIED, 0.04),
    (Stage.REUNIFIED, 0.04),
    (Stage.FOLLOWED_UP, 0.03),
    (Stage.CLOSED, 0.05),
)
STEP_DAYS = {
    Stage.SCREENED: (0, 1),
    Stage.REGISTERED: (0, 3),
    Stage.ASSESSED: (1, 12),
    Stage.PLAN_AGREED: (1, 8),
    Stage.IMPLEMENTING: (0, 5),
    Stage.TRACING: (1, 15),
    Stage.VERIFIED: (15, 70),
    Stage.REUNIFIED: (5, 25),
    Stage.FOLLOWED_UP: (5, 30),
    Stage.CLOSED: (85, 110),
}
RISKS_BY_CONCERN = {
    "unaccompanied": ("unaccompanied_or_separated", "no_caregiver"),
    "separated": ("unaccompanied_or_separated", "family_separation"),
    "out_of_school": ("illiterate_or_out_of_school",),
    "psychosocial_distress": ("distress_or_suicidality",),
    "no_documentation_or_birth_reg": ("no_documents_or_irregular",),
    "serious_medical_condition": ("chronic_illness",),
    "child_labour": ("poverty", "normalised_child_labour_or_smuggling"),
    "vulnerable_care_arrangement": ("overcrowded_site",),
    "neglect_educational": ("no_services_nearby",),
    "child_headed_household": ("child_single_or_elderly_headed",),
    "functional_difficulty": ("disability_unmet",),
}
PROTECTIVE = (
    "in_school_or_literate",
    "has_documents",
    "speaks_local_language",
    "good_health",
    "contact_with_trusted_adult",
    "coping_skills",
    "hope_and_goals",
    "safe_peers",
    "past_positive_help",
    "supportive_home",
    "family_contact",
    "stable_care",
    "open_communication",
    "welcoming_host_or_diaspora",
    "services_open_to_all",
    "faith_and_sport_groups",
)
SOURCES = (
    "border_authority",
    "community_cp_group",
    "humanitarian_agency",
    "family",
    "self",
    "school",
    "health",
    "hotline",
)
CARE = (
    "foster_informal",
    "kinship",
    "foster_formal",
    "unrelated_adult",
    "transit_or_emergency_shelter",
    "adult_sibling",
    "residential",
)
TRACED = (Stage.TRACING, Stage.VERIFIED, Stage.REUNIFIED, Stage.FOLLOWED_UP, Stage.CLOSED)


def planned_stages(rng: Random, count: int) -> list[Stage]:
    """A stage for each of `count` cases in the shares of `STAGE_SHARES`, each present when there are
    ten or more, shuffled.
    """
    stages: list[Stage] = []
    for stage, share in STAGE_SHARES:
        stages += [stage] * max(1, round(share * count))
    stages = (stages + [Stage.IMPLEMENTING] * count)[:count]
    rng.shuffle(stages)
    return stages


def days_until(rng: Random, stage: Stage) -> list[tuple[Stage, int]]:
    """For each stage up to `stage`, how many days after the first it was reached."""
    passed, reached = 0, list[tuple[Stage, int]]()
    for step in Stage:
        low, high = STEP_DAYS[step]
        passed += rng.randint(low, high) if reached else 0
        reached.append((step, passed))
        if step is stage:
            break
    return reached


def case_story(
    rng: Random,
    child: Person,
    members: tuple[Person, ...],
    stage: Stage,
    today: date,
    *,
    team: str,
    population: str,
    alone: bool,
    called: str,
) -> CaseStory:
    """The whole story of one case up to `stage`, ending shortly before `today`; `called` is the name
    the workers use.
    """
    offsets = days_until(rng, stage)
    idle = rng.randrange(1, 8 if stage in (Stage.SCREENED, Stage.REGISTERED) else 28)
    start = today - timedelta(days=offsets[-1][1] + idle)
    steps = tuple((step, start + timedelta(days=days)) for step, days in offsets)
    day = dict(steps)
    age = child.age_on(start)
    assessed = day.get(Stage.ASSESSED)
    concerns = _concerns(rng, age, alone)
    level, reasons = _risk(rng, age, alone, concerns)
    goals = _goals(rng, called, concerns, day, today) if Stage.PLAN_AGREED in day else ()
    ending = stage is Stage.CLOSED
    return CaseStory(
        stage=stage,
        steps=steps,
        team=team,
        risk_level="none" if ending else level if assessed else "",
        risk_reasons=reasons if assessed else (),
        risk_factors=_factors(rng, age, alone, concerns) if assessed else (),
        protective_factors=tuple(rng.sample(PROTECTIVE, rng.randint(2, 5))) if assessed else (),
        concerns=concerns,
        immediate_needs=_needs(rng),
        uasc_status="unaccompanied" if alone else "separated",
        population_group=population,
        identification_source="border_authority" if stage is Stage.SCREENED else rng.choice(SOURCES),
        views=_views(rng, child, day) if Stage.REGISTERED in day else (),
        caregiver=_caregiver(rng, child, members, day, alone) if Stage.REGISTERED in day else None,
        overall_goal=rng.choice(texts.OVERALL_GOALS).format(name=called) if goals else "",
        goals=goals,
        wants_tracing="yes"
        if stage in TRACED
        else rng.choices(("yes", "unsure", "later", "no"), weights=(80, 9, 6, 5))[0],
        wants_reunification="asap"
        if Stage.REUNIFIED in day
        else rng.choice(("asap", "asap", "later", "unsure")),
        follow_ups=_follow_ups(rng, day, today),
        closure_reason="goal_met_safe" if ending else None,
    )


def _concerns(rng: Random, age: int, alone: bool) -> tuple[str, ...]:
    others = [c for c in RISKS_BY_CONCERN if c not in ("unaccompanied", "separated")]
    if age < 6:
        others = [
            c
            for c in others
            if c not in ("out_of_school", "child_labour", "neglect_educational", "child_headed_household")
        ]
    elif age < 12:
        others.remove("child_headed_household")
    return ("unaccompanied" if alone else "separated", *rng.sample(others, rng.choice((0, 1, 1, 2, 3))))


def _risk(rng: Random, age: int, alone: bool, concerns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if alone and age < 12:
        return "high", ("unaccompanied_under_12",)
    if "serious_medical_condition" in concerns and rng.random() < 0.3:
        return "high", ("life_threatening_health_need",)
    return (
        ("medium", concerns[:2])
        if len(concerns) > 2 or alone
        else (rng.choice(("medium", "low")), concerns[:1])
    )


def _factors(rng: Random, age: int, alone: bool, concerns: tuple[str, ...]) -> tuple[str, ...]:
    factors = [factor for concern in concerns for factor in RISKS_BY_CONCERN[concern]]
    if age < 12 or alone:
        factors.append("under_12_or_adolescent_alone")
    factors += rng.sample(
        ("dangerous_transit_route", "no_phone_or_money", "conflict", "no_common_language", "xenophobia"), 2
    )
    return tuple(dict.fromkeys(factors))


def _needs(rng: Random) -> tuple[ImmediateNeed, ...]:
    chosen = rng.sample(sorted(texts.NEEDS), rng.choice((0, 1, 1, 2)))
    return tuple(ImmediateNeed(need, *texts.NEEDS[need]) for need in chosen)


def _views(rng: Random, child: Person, day: dict[Stage, date]) -> tuple[Views, ...]:
    views: list[Views] = []
    for stage, topic in (
        (Stage.REGISTERED, "tracing"),
        (Stage.ASSESSED, "care"),
        (Stage.VERIFIED, "reunification"),
    ):
        if stage not in day:
            continue
        age = child.age_on(day[stage])
        if age < 4:
            views.append(
                Views(
                    "observed_behaviour",
                    child.language,
                    "Plays and calms down when held by the carer; looks up at familiar songs.",
                    topic,
                    True,
                    "informative",
                )
            )
            continue
        who = rng.choice(("mother", "father", "grandmother", "aunt", "brother"))
        words = rng.choice(texts.VIEW_OPENINGS) + " " + rng.choice(texts.VIEW_REASONS) + "."
        mode = (
            "drawing_play"
            if age < 7
            else rng.choice(("own_words", "own_words", "via_interpreter", "written"))
        )
        weight = "informative" if age < 6 else "significant" if age < 14 else "determinative"
        views.append(
            Views(
                mode,
                child.language,
                words.format(who=who, grade=max(1, age - 5)),
                topic,
                rng.random() < 0.85,
                weight,
            )
        )
    return tuple(views)


def _caregiver(
    rng: Random, child: Person, members: tuple[Person, ...], day: dict[Stage, date], alone: bool
) -> Caregiver | None:
    since, place = day[Stage.REGISTERED], child.lives_in
    if Stage.REUNIFIED in day:
        adults = [
            m
            for m in members
            if m.role in ("mother", "father", "aunt", "uncle", "grandmother") and m.alive == "alive"
        ]
        if adults:
            adult = adults[0] if adults[0].role != "father" else adults[-1]
            relation = relation_of(adult, child)
            care = "one_parent" if relation in ("mother", "father") else "kinship"
            phone = adult.phones[0] if adult.phones else None
            return Caregiver(
                care,
                (name_in(rng, adult, Script.LATIN, ORDINARY),),
                relation,
                phone,
                adult.lives_in,
                day[Stage.REUNIFIED],
            )
    care = rng.choice(CARE) if alone else "kinship"
    if care in ("residential", "transit_or_emergency_shelter"):
        return Caregiver(care, (), "other_non_family", None, place, since)
    kin = [m for m in members if m.role in ("aunt", "uncle", "grandmother")]
    if care == "kinship" and kin and not alone:
        return Caregiver(
            care, (name_in(rng, kin[0], Script.LATIN, ORDINARY),), kin[0].role, kin[0].phones[0], place, since
        )
    return Caregiver(care, (), "other_non_family" if alone else "other_family", None, place, since)


def _goals(
    rng: Random, called: str, concerns: tuple[str, ...], day: dict[Stage, date], today: date
) -> tuple[Goal, ...]:
    goals: list[Goal] = []
    for concern in concerns:
        goal, action, service = texts.GOALS[concern]
        due = day[Stage.PLAN_AGREED] + timedelta(days=rng.choice((14, 30, 45, 60)))
        status = "completed" if Stage.CLOSED in day else "pending"
        if Stage.IMPLEMENTING in day and status == "pending":
            status = "completed" if due < today and rng.random() < 0.7 else "ongoing"
        owner = "tracing_officer" if service == "ftr" else "caseworker"
        goals.append(Goal(concern, goal.format(name=called), action, service, owner, due, status))
    return tuple(goals)


def _follow_ups(rng: Random, day: dict[Stage, date], today: date) -> tuple[FollowUp, ...]:
    since = day.get(Stage.REUNIFIED)
    if since is None:
        return ()
    visits: list[FollowUp] = []
    for wait in (7, 14, 30, 90):
        due = since + timedelta(days=wait)
        done = (
            due + timedelta(days=rng.randint(-1, 2))
            if due < today - timedelta(days=3) or Stage.CLOSED in day
            else None
        )
        channel = "phone" if wait == 14 else "home_planned"
        if done and done <= today:
            visits.append(FollowUp(due, done, channel, "reached", rng.choice(texts.FOLLOW_UP_NOTES)))
        else:
            visits.append(FollowUp(due, None, channel, None, ""))
    return tuple(visits)


def screening(rng: Random, child: Person, on: date, place: str) -> Screening:
    """A first contact at a border post, most questions answered; the result refers to child protection."""
    answers = []
    for question, choices in texts.SCREENING_ANSWERS.items():
        if rng.random() < 0.85:
            answers.append((question, rng.choice(choices).format(age=child.age_on(on))))
    seen = tuple(rng.sample(("no_documents", "fear"), rng.choice((0, 1, 1, 2))))
    result = "refer_asylum" if rng.random() < 0.08 else "refer_medical" if rng.random() < 0.06 else "refer_cp"
    return Screening(on, place, child.language, tuple(answers), seen, result)
