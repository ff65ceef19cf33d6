"""Search before create, and the registration of the child with her family and her agreement."""

from tests.browser.story.stage import Stage
from tests.browser.story.told import HOME, LOST_AT, STORY, Tale

YES = ("case_management_participation", "collect_store", "tracing_disclosure", "share_with_family", "cross_border_transfer")


def search(stage: Stage, tale: Tale) -> None:
    """Amina looks in all agencies before she writes anything."""
    amina = stage.person("amina")
    with stage.step("search before create"):
        amina.go(f"/intake/{tale.receipt}/")
        amina.follow("Register this child")
        amina.press("Begin a registration")
        tale.case = amina.path().split("/")[2]
        stage.look(amina, "search")
        amina.fill(names__0__value=STORY.child_native, names__1__value=STORY.child_latin, names__1__kind="other_spelling",
                   siblings="Dawit", sex=STORY.child_sex, age=(STORY.age_min, STORY.age_max), origin_country=stage.country("ET"), origin_place=HOME)
        amina.press("Search all agencies")
        amina.sees("What the search found")
        stage.picture(amina, "hits")
        conclude(stage, tale)


def conclude(stage: Stage, tale: Tale) -> None:
    """Say of each hit that it is another child; then go on."""
    amina = stage.person("amina")
    main = amina.page.locator("main")
    if main.locator("input[name^=hit_]").count():
        for option in main.locator("input[name^=hit_][value=different]").all():
            option.check()
        amina.press("Keep these answers")
    else:
        amina.follow("Go on")
    assert amina.path().endswith("/needs/"), amina.path()


def register(stage: Stage, tale: Tale) -> None:
    """Needs, child, family and agreement; refused while the agreement is missing; then the case is there."""
    amina = stage.person("amina")
    with stage.step("needs first"):
        amina.go(f"/register/{tale.case}/needs/")
        amina.fill(any_need="yes", needs=["food_shelter"], done_food_shelter="Hot meal now, two beds in the transit centre tonight.")
        amina.press("Keep and go on")
    with stage.step("the child"):
        amina.fill(age_method="self_reported", languages=[STORY.language], uasc_status="unaccompanied", separation_date="8 2026",
                   separation_country=stage.country("SD"), separation_place=LOST_AT, separation_cause=STORY.separation_cause)
        stage.look(amina, "child-form")
        amina.press("Keep and go on")
        amina.follow("Go on without a photo")
    with stage.step("mother and brother"):
        amina.fill(relation="mother", names__0__value=STORY.mother_latin, sex="female", in_contact="no", contact_allowed="yes",
                   phone=STORY.mother_phone, is_caregiver=True)
        amina.press("Add to the family")
        amina.fill(relation="brother", names__0__value=STORY.brother_native, names__1__value=STORY.brother_latin,
                   names__1__kind="other_spelling", sex="male", age=(STORY.brother_age, ""), in_contact="yes")
        amina.press("Add to the family")
        amina.reads(STORY.mother_latin, STORY.brother_native)
        stage.picture(amina, "family")
        amina.follow("Go on")
    with stage.step("not registered before anyone has agreed"):
        amina.go(f"/register/{tale.case}/check/")
        amina.press("Register the child")
        amina.refused("no agreement", "This cannot be done yet")
    with stage.step("consent and assent"):
        amina.go(f"/register/{tale.case}/consent/")
        stage.look(amina, "agreement")
        amina.fill(legal_basis="consent", child_mode="verbal_witnessed", language=stage.spoken(STORY.language), exception="caregiver_absent",
                   exception_reason="Her mother is the one who is sought; nobody else is responsible for her here.",
                   child_media="never", **{f"child_{use}": "yes" for use in YES})
        amina.press("Keep and go on")
    with stage.step("registered"):
        stage.look(amina, "check")
        amina.press("Register the child")
        amina.sees("The child is registered.")
        assert amina.path() == tale.of_case()
        amina.reads(STORY.child_native)
        stage.look(amina, "case", again=True)
