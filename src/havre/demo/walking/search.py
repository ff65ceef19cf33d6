"""A relative asks in another country and script; the child says what she wants; the pair is found by itself."""

import time
from typing import Any

from havre.demo.walking.browser import Browser, Lost, Page
from havre.demo.walking.journey import CODE, Journey, expect

PATIENCE = 120


def ask(j: Journey) -> None:
    """Yonas writes down what the mother tells, in Arabic script."""
    yonas, s = j.as_("yonas"), j.story
    page = expect(yonas.get("/tracing/request/new/"), 200)
    form = page.form("relation", "consent_share")
    typed: dict[str, Any] = {
        "inquirer-0-value": s.mother_latin, "sought-0-value": s.sought_name, "kin_name_1": s.brother_latin.split()[0],
        "kin_relation_1": "brother", "kin_age_1_0": s.brother_age}
    page = yonas.send(page, form, inquirer_sex="female", phone=s.mother_phone, relation=s.relation, lived_with="yes", sex=s.child_sex,
                      age_0=s.sought_age_min, age_1=s.sought_age_max, languages=[s.language], origin_country="ET", separation_country="SD",
                      separation_place="Gedaref", separation_date="8 2026", separation_cause=s.separation_cause, message=s.message,
                      consent_share="yes", consent_mode="verbal_witnessed", **typed)
    expect(page, 200, at="/tracing/request/")
    found = CODE.search(page.path)
    if not found:
        raise Lost(f"the request was not recorded. It says: {page.said()}")
    j.request = found.group()


def not_begun_without_wish(j: Journey) -> None:
    """Nobody looks for a family before the child was asked."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/tracing/child/{j.case}/open/"), 200)
    expect(amina.send(page, page.form("rid", action="open/")), 409)


def wishes(j: Journey) -> None:
    """What the child wants, in her words; then the search begins."""
    amina, s = j.as_("amina"), j.story
    page = expect(amina.get(f"/tracing/child/{j.case}/wishes/"), 200)
    page = amina.send(page, page.form("tracing", "reunification"), words=s.views, tracing="yes", reunification="asap", alone="yes",
                      who_1=s.mother_latin, relation_1="mother")
    expect(page, 200, at=f"/tracing/child/{j.case}/$")
    page = amina.get(f"/tracing/child/{j.case}/open/")
    expect(amina.send(page, page.form("rid", action="open/")), 200, at=f"/tracing/child/{j.case}/$")


def found(j: Journey) -> None:
    """The pair appears on both sides without anybody asking for it."""
    _candidate(j.as_("yonas"), f"/tracing/request/{j.request}/")
    _candidate(j.as_("amina"), f"/tracing/child/{j.case}/")


def _candidate(browser: Browser, address: str) -> str:
    return _candidates(browser, address)[0]


def _candidates(browser: Browser, address: str) -> list[str]:
    """The possible matches of a page, most probable first; waits until there is one."""
    until = time.monotonic() + PATIENCE
    while True:
        page = expect(browser.get(address), 200)
        found = list(dict.fromkeys(link for link, _ in page.links if link.startswith("/tracing/candidate/")))
        if found:
            return found
        if time.monotonic() > until:
            raise Lost(f"no possible match appears at {address} within {PATIENCE} s. It says: {page.said()}")
        time.sleep(1)


def hidden(j: Journey) -> None:
    """Before both agree, each side sees its own words and not the other's."""
    yonas, s = j.as_("yonas"), j.story
    page = expect(yonas.get(_candidate(yonas, f"/tracing/request/{j.request}/")), 200)
    for word in (s.child_native, s.brother_native, j.case):
        if word in page.text:
            raise Lost(f"the other side’s “{word}” is shown before both agreed")


def no_reasons(j: Journey) -> None:
    """A decision without reasons is not taken."""
    yonas = j.as_("yonas")
    page = yonas.get(_candidate(yonas, f"/tracing/request/{j.request}/"))
    expect(yonas.send(page, page.form("decision"), decision="shortlist", reasons=""), 422)


def agree(j: Journey) -> None:
    """Both sides agree with reasons; the match opens to both.

    In a large world others fit too; each side agrees to all of its own possible matches, and the pair that both chose opens.
    """
    yonas, amina, code = j.as_("yonas"), j.as_("amina"), None
    for address in _candidates(yonas, f"/tracing/request/{j.request}/"):
        _decided(yonas, yonas.get(address))
    for address in _candidates(amina, f"/tracing/child/{j.case}/"):
        page = _decided(amina, amina.get(address))
        code = CODE.search(page.path) if "/match/" in page.path else None
        if code:
            break
    if not code:
        raise Lost(f"no match opened: came to {page.path}. It says: {page.said()}")
    j.match = code.group()
    expect(yonas.get(f"/tracing/match/{j.match}/"), 200)


def _decided(browser: Browser, page: Page) -> Page:
    return expect(browser.send(page, page.form("decision"), decision="shortlist",
                               reasons="Name, age, brother and place fit; nothing speaks against it."), 200)


STEPS = [
    ("a relative asks, in Arabic script", ask), ("refused: looking before the child was asked", not_begun_without_wish),
    ("the child’s wishes", wishes), ("the pair is found by itself", found), ("the other side stays hidden", hidden),
    ("refused: a decision without reasons", no_reasons), ("both sides agree", agree)]
