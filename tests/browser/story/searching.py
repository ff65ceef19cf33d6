"""The child's wishes, her mother's request in another script and country, the pair that the system finds, both interviews."""

import time

from tests.browser.story.stage import Stage
from tests.browser.story.told import HOME, LOST_AT, STORY, Tale

GOAT, DOOR, SONG = STORY.secret_facts
FOUND_WITHIN = 60


def wishes(stage: Stage, tale: Tale) -> None:
    """Selam says what she wants; then, and not before, the search opens."""
    amina = stage.person("amina")
    with stage.step("no search before the child has been asked"):
        amina.go(f"/tracing/child/{tale.case}/open/")
        amina.press("Begin to look")
        amina.refused("search before wishes", "Nobody has asked the child, or nobody has written what she wants.", gate="G15")
    with stage.step("the child's wishes"):
        amina.go(f"/tracing/child/{tale.case}/wishes/")
        stage.look(amina, "wishes")
        amina.fill(words=STORY.views, tracing="yes", reunification="asap", alone="yes", language=stage.spoken(STORY.language), told_back=True,
                   who_1=STORY.mother_latin, relation_1="mother", where_1=HOME)
        amina.press("Record the wishes")
        amina.sees("Wishes recorded.")
        amina.reads(STORY.views)
        amina.follow("Begin to look")
        amina.press("Begin to look")
        amina.sees("The search is open.")
        stage.look(amina, "search-of-child")


def outsiders(stage: Stage, tale: Tale) -> None:
    """An analyst has no case, and whoever guesses an address learns nothing."""
    with stage.step("an analyst opens no case"):
        leyla = stage.person("leyla")
        leyla.nothing_here(tale.of_case())
        stage.picture(leyla, "nothing-here")
        stage.note_refusal("wrong role", leyla.page.locator("main h1").inner_text())
    with stage.step("an outsider guesses an address"):
        yonas = stage.person("yonas")
        for path in (tale.of_case(), tale.of_case("history/"), f"/tracing/child/{tale.case}/", f"/intake/{tale.receipt}/"):
            yonas.nothing_here(path)
        stage.note_refusal("outsider guessing an address", yonas.page.locator("main h1").inner_text())


def request(stage: Stage, tale: Tale) -> None:
    """Yonas writes the mother's request in Arabic script, in another agency and country."""
    yonas = stage.person("yonas")
    with stage.step("a request in Arabic script"):
        yonas.go("/tracing/request/new/")
        stage.look(yonas, "request-new")
        yonas.fill(inquirer__0__value=STORY.mother_native, inquirer__1__value=STORY.mother_latin, inquirer_sex="female",
                   phone=STORY.mother_phone, relation=STORY.relation, lived_with="yes", language=stage.spoken(STORY.language),
                   sought__0__value=STORY.sought_name, sex=STORY.child_sex, age=(STORY.sought_age_min, ""), origin_country=stage.country("ET"),
                   origin_place=HOME, kin_name_1=STORY.brother_latin, kin_relation_1="brother", kin_age_1=(STORY.brother_age, ""),
                   separation_date="8 2026", separation_country=stage.country("SD"), separation_place=LOST_AT, separation_cause=STORY.separation_cause,
                   message=STORY.message, consent_share="yes", consent_mode="verbal_witnessed")
        yonas.press("Record the request")
        yonas.sees("Request recorded. The comparison has begun.")
        yonas.reads(STORY.sought_name)
        tale.request = yonas.path().split("/")[3]


def found(stage: Stage, tale: Tale) -> None:
    """The system proposes the pair by itself; each side sees only its own values and agrees to go on."""
    yonas, amina = stage.person("yonas"), stage.person("amina")
    with stage.step("the system proposes the pair"):
        wait_for_pair(stage, tale)
        stage.look(yonas, "request")
    with stage.step("the relative's side goes on"):
        yonas.page.locator("main a[href*='/tracing/candidate/']").first.click()
        yonas.page.wait_for_url("**/tracing/candidate/**")
        said = yonas.page.locator("main").inner_text()
        assert STORY.child_native not in said and STORY.child_latin not in said, "the other side's name is shown"
        stage.look(yonas, "candidate-relative", again=True)
        yonas.fill(decision="shortlist", reasons="Name, brother, age and the place of the loss agree.")
        yonas.press("Record my decision")
        yonas.sees("Your decision is recorded.")
    with stage.step("the child's side goes on"):
        amina.go("/today/")
        stage.picture(amina, "today-match")
        amina.go(f"/tracing/child/{tale.case}/")
        amina.page.locator("main a[href*='/tracing/candidate/']").first.click()
        amina.page.wait_for_url("**/tracing/candidate/**")
        said = amina.page.locator("main").inner_text()
        assert STORY.sought_name not in said, "the other side's name is shown"
        stage.look(amina, "candidate-child", again=True)
        amina.fill(decision="shortlist", reasons="The brother and the place agree; the age is within a year.")
        amina.press("Record my decision")
        amina.sees("Both sides agreed. The match is open to both.")
        tale.match = amina.path().split("/")[3]
        stage.look(amina, "match", again=True)


def wait_for_pair(stage: Stage, tale: Tale) -> None:
    """Look at the request again and again until the job has found the pair."""
    yonas, until = stage.person("yonas"), time.monotonic() + FOUND_WITHIN
    yonas.go(f"/tracing/request/{tale.request}/")
    while not yonas.page.locator("main a[href*='/tracing/candidate/']").count():
        assert time.monotonic() < until, f"no pair after {FOUND_WITHIN} seconds"
        time.sleep(0.5)
        yonas.go(f"/tracing/request/{tale.request}/")


def hear(stage: Stage, tale: Tale) -> None:
    """Two interviews by two people; one side alone verifies nothing."""
    amina, yonas, claire = stage.person("amina"), stage.person("yonas"), stage.person("claire")
    with stage.step("the child is heard"):
        amina.go(tale.of_match("interview/child/"))
        stage.look(amina, "interview-child")
        amina.fill(alone="yes", recognises="yes", wants="yes", account="She speaks of her mother by herself.", language=stage.spoken(STORY.language),
                   interpreter="no", fact_animal=GOAT.answer, fact_song_or_prayer=SONG.answer,
                   own_question=DOOR.question, fact_own_question=DOOR.answer)
        amina.press("Record the interview")
        amina.sees("Interview recorded.")
    with stage.step("one side alone verifies nothing"):
        verify(stage, tale)
        claire.refused("one-sided verification", "The relative has not been heard. Someone else than the child’s interviewer must do it.", gate="G17")
    with stage.step("the mother is heard by someone else"):
        yonas.go(tale.of_match("interview/adult/"))
        said = yonas.page.locator("main").inner_text()
        assert GOAT.answer not in said and DOOR.answer not in said, "the answers of the child are shown"
        stage.picture(yonas, "interview-adult")
        yonas.fill(recognises="yes", wants="yes", identity_checked="document", account="She weeps when she hears of two children.",
                   language=stage.spoken(STORY.language), interpreter="no", fact_animal=GOAT.answer, fact_song_or_prayer=SONG.answer,
                   fact_own_question=STORY.wrong_answer)
        yonas.press("Record the interview")
        yonas.sees("Interview recorded.")


def compare(stage: Stage, tale: Tale) -> None:
    """A secret answer differs: not the family, until it is looked at again and called unsure."""
    amina, claire = stage.person("amina"), stage.person("claire")
    with stage.step("a secret answer differs"):
        judge(stage, tale, {GOAT.answer: "same", SONG.answer: "same", DOOR.answer: "different"})
        verify(stage, tale)
        reason = stage.say_n("%(n)s secret answer differs between the two sides.", "%(n)s secret answers differ between the two sides.", 1)
        claire.refused("secret fact wrong", reason, said=True, gate="G17")
    with stage.step("looked at again, and verified"):
        judge(stage, tale, {DOOR.answer: "unsure"})
        verify(stage, tale)
        claire.sees("The family is verified.")
        stage.picture(claire, "match-verified")
        amina.go(tale.of_match())
        amina.sees("A family, verified from both sides")


def judge(stage: Stage, tale: Tale, said: dict[str, str]) -> None:
    """Judge the secret answers, each found by what the child answered."""
    amina = stage.person("amina")
    amina.go(tale.of_match("facts/"))
    for answer, outcome in said.items():
        section = amina.page.locator("main section", has_text=answer).last
        section.locator(f"input[value={outcome}]").check()
    stage.picture(amina, "facts")
    amina.press("Record the comparison")
    amina.sees("Comparison recorded.")


def verify(stage: Stage, tale: Tale) -> None:
    """Claire says that this is the family."""
    claire = stage.person("claire")
    claire.go(tale.of_match("verify/"))
    claire.fill(recommendation="reunify", reasons="Two people heard both sides apart.")
    claire.press("This is the family")
