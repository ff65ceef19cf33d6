"""First contact at the border, and what the officer can never read again."""

from typing import Any

from havre.demo.loading.names import own_id
from havre.demo.walking.journey import Journey, code_in, expect


def first_contact(j: Journey) -> None:
    """Bashir asks what is needed and sends it to child protection."""
    bashir, story = j.as_("bashir"), j.story
    page = expect(bashir.get("/first-contact/"), 200)
    form = page.form("firewall_said", "understood")
    team: dict[str, Any] = {"team": str(own_id("team", "sabil", "gedaref"))} if "team" in form.names() else {}
    page = bashir.send(page, form, firewall_said="on", understood="yes", age_birthday_0=story.age_min, age_birthday_1=story.age_max,
                       who_with="other_children", parents_where="cannot_be_reached", safe_with_companion="yes", sleep_tonight="nowhere",
                       afraid_to_go_back="no", note="A girl and her little brother, at the bus station.", **team)
    expect(page, 200, at="/first-contact/receipt/")
    j.screening = code_in(page.text)


def cannot_be_read_back(j: Journey) -> None:
    """The officer has the receipt and nothing more."""
    expect(j.as_("bashir").get(f"/intake/{j.screening}/"), 404)


def officer_sees_no_case(j: Journey) -> None:
    """The list of children is closed to the border."""
    expect(j.as_("bashir").get("/case/"), 404)


def taken(j: Journey) -> None:
    """Amina finds the referral, reads it and takes it."""
    amina = j.as_("amina")
    expect(amina.get("/intake/"), 200, says=j.screening)
    page = expect(amina.get(f"/intake/{j.screening}/"), 200)
    expect(amina.send(page, page.form("rid", action="acknowledge/")), 200)


STEPS = [("first contact at the border", first_contact), ("refused: the officer reads what was sent", cannot_be_read_back),
         ("refused: the officer opens the list of children", officer_sees_no_case), ("child protection takes the referral", taken)]
