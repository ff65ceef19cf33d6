"""Registration and case work: the search before create, the child, the family, the agreement; assessment, plan, approval."""

from datetime import date, timedelta

from havre.demo.walking.journey import CODE, Journey, expect


def day(days: int) -> str:
    """A day as a person types it, so many days from today."""
    at = date.today() + timedelta(days=days)
    return f"{at.day} {at.month} {at.year}"


def begin(j: Journey) -> None:
    """A registration begins from the referral."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/register/?screening={j.screening}"), 200)
    page = expect(amina.send(page, page.form("screening")), 200, at="/search/")
    found = CODE.search(page.path)
    assert found is not None  # the address just held it
    j.draft = found.group()


STEPS = [("registration begins", begin)]
