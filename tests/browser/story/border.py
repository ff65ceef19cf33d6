"""First contact on a phone at a border post, and what child protection sees of it."""

import contextlib
import re
from typing import Any, Final

from playwright.sync_api import Error

from tests.browser.story.stage import PHONE, Person, Stage
from tests.browser.story.told import NAMES, TEAM, Tale

ANSWERS: Final[dict[str, Any]] = {
    "firewall_said": True, "understood": "yes", "language": "tir", "who_with": "other_children", "parents_where": "cannot_be_reached",
    "hurt_ill_hungry": ["hungry"], "afraid_to_go_back": "yes", "sleep_tonight": "nowhere", "observations": ["fear"],
    "note": "Two children by the gate. They need food and a bed tonight.",
}


def first_contact(stage: Stage, tale: Tale) -> None:
    """Bashir asks, sends, gets a receipt; going back shows an empty form, and he can never open what he sent."""
    stage.names = list(NAMES)
    with stage.step("first contact on a phone"):
        bashir = stage.person("bashir", PHONE, 780)
        assert bashir.path() == "/first-contact/"
        stage.look(bashir, "first-contact", again=True)
        bashir.fill(**{k: v for k, v in ANSWERS.items() if k != "firewall_said"}, age_birthday=("8", "10"))
        choose_team(bashir)
        bashir.press("Send")
        assert bashir.path() == "/first-contact/", "sent although the notice was not said"
        assert bashir.page.locator("[name=note]").input_value() == ANSWERS["note"]
        bashir.fill(firewall_said=True)
        bashir.press("Send")
    with stage.step("a receipt, and an empty form behind it"):
        bashir.sees("Sent to child protection", "Nobody sends the child back across the border.")
        said = bashir.page.locator("main").inner_text()
        found = re.search(r"\b([0-9A-Z]{4}-[0-9A-Z]{3})\b", said)
        assert found, "the receipt shows no code"
        tale.receipt = found.group(1)
        stage.look(bashir, "receipt")
        go_back_through_a_refusal(bashir)
        bashir.go("/first-contact/")
        assert_empty(bashir)
    with stage.step("the officer cannot open what he sent"):
        bashir.nothing_here(f"/intake/{tale.receipt}/")
        stage.note_refusal("border officer reading back", bashir.page.locator("main h1").inner_text())


def go_back_through_a_refusal(person: Person) -> None:
    """Go back to the answer that refused the form, let the browser send it once more: only the receipt shows."""
    with contextlib.suppress(Error):  # the browser asks first whether to send again
        person.page.go_back()
    for _ in range(5):
        with contextlib.suppress(Error):
            person.page.wait_for_timeout(300)
            person.page.reload()
            break
    assert person.path() == "/first-contact/receipt/", f"going back shows {person.path()}"
    person.sees("Sent to child protection")


def choose_team(person: Person) -> None:
    """Choose who receives the first contact, when there is a choice."""
    if person.page.locator("[name=team]").count():
        person.fill(team=f"@{TEAM}")


def assert_empty(person: Person) -> None:
    """Assert that nothing of an earlier conversation stands in the form."""
    left = person.page.evaluate(
        "[...document.querySelectorAll('main form[method=post] input, main form textarea, main form select')]"
        ".filter(e => !['hidden', 'submit'].includes(e.type) && (['radio', 'checkbox'].includes(e.type) ? e.checked : e.value))"
        ".map(e => e.name)")
    assert not left, f"the form still holds {left}"


def intake(stage: Stage, tale: Tale) -> None:
    """Amina finds the first contact on Today, on her phone and on her desk, reads it and takes over."""
    with stage.step("Today on a phone"):
        phone = stage.person("amina", PHONE, 780)
        assert phone.path() == "/today/"
        stage.look(phone, "today")
        assert phone.page.locator(f"main a[href*='{tale.receipt}']").count(), "the first contact is not on Today"
    with stage.step("intake"):
        amina = stage.person("amina")
        stage.look(amina, "today")
        amina.page.locator(f"main a[href*='{tale.receipt}']").first.click()
        amina.page.wait_for_url(f"**/intake/{tale.receipt}/")
        amina.arrived()
        amina.reads(ANSWERS["note"])
        stage.look(amina, "intake")
        amina.press("I have taken over")
        amina.sees("You have taken this first contact.")
