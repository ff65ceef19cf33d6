"""Is it the family? Two people hear two sides apart; a third decides."""

from typing import Any

from havre.demo.walking.browser import Browser, Form, Page
from havre.demo.walking.journey import Journey, expect

KEYS = ("animal", "house", "song_or_prayer")


def answers(j: Journey) -> dict[str, Any]:
    """The secret answers of the story, by the field of the form."""
    return {f"fact_{key}": fact.answer for key, fact in zip(KEYS, j.story.secret_facts, strict=True)}


def hear_child(j: Journey) -> None:
    """Amina hears the child alone."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/tracing/match/{j.match}/interview/child/"), 200)
    page = amina.send(page, page.form("recognises", "wants"), recognises="yes", wants="yes", alone="yes", interpreter="no",
                      language=j.story.language, account="She speaks of home at once.", **answers(j))
    expect(page, 200, at=f"/tracing/match/{j.match}/$")


def one_sided(j: Journey) -> None:
    """Nobody decides on one side alone."""
    claire = j.as_("claire")
    page = expect(claire.get(f"/tracing/match/{j.match}/verify/"), 200)
    expect(claire.send(page, page.form("recommendation"), recommendation="reunify", reasons="The child is sure."), 409)


def not_both_lanes(j: Journey) -> None:
    """Who heard the child does not hear the relative, nor read what was said before both are heard."""
    expect(j.as_("amina").get(f"/tracing/match/{j.match}/interview/adult/"), 404)
    expect(j.as_("yonas").get(f"/tracing/match/{j.match}/interview/child/"), 404)


def hear_adult(j: Journey) -> None:
    """Yonas hears the mother; she is asked the same questions."""
    yonas = j.as_("yonas")
    page = expect(yonas.get(f"/tracing/match/{j.match}/interview/adult/"), 200)
    page = yonas.send(page, page.form("recognises", "wants"), recognises="yes", wants="yes", identity_checked="document", interpreter="no",
                      account="She weeps and laughs.", **answers(j))
    expect(page, 200, at=f"/tracing/match/{j.match}/$")


def compare(j: Journey) -> None:
    """The answers next to each other; a person judges each."""
    amina = j.as_("amina")
    page, form = _facts(amina, j)
    said: dict[str, Any] = {name: "same" for name in form.names() if name.startswith("fact_")}
    expect(amina.send(page, form, **said), 200, at=f"/tracing/match/{j.match}/$")


def _facts(browser: Browser, j: Journey) -> tuple[Page, Form]:
    page = expect(browser.get(f"/tracing/match/{j.match}/facts/"), 200)
    return page, next(f for f in page.forms if any(n.startswith("fact_") for n in f.names()))


def verify(j: Journey) -> None:
    """A supervisor who heard neither decides."""
    claire = j.as_("claire")
    page = expect(claire.get(f"/tracing/match/{j.match}/verify/"), 200)
    page = claire.send(page, page.form("recommendation"), recommendation="reunify", reasons="Both said the same of three things.")
    expect(page, 200, at=f"/tracing/match/{j.match}/$")


STEPS = [
    ("the child is heard", hear_child), ("refused: deciding on one side alone", one_sided),
    ("refused: one person hears both sides", not_both_lanes), ("the relative is heard", hear_adult), ("the answers are compared", compare),
    ("a supervisor decides: the family", verify)]
