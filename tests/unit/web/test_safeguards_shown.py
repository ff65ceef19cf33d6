"""Does the safeguards panel say which are not met, why, and where each is mended?"""

import gettext

import pytest
from django.template import Context, Template
from django.utils import translation

from havre.core.gates import met, unmet
from havre.web.parts import fixes, reasons
from havre.web.parts.tags.safeguards import safeguards


def rows(*results: object) -> dict[str, object]:
    return safeguards(results)  # type: ignore[arg-type]


def test_those_that_block_stand_before_those_a_supervisor_may_accept() -> None:
    shown = rows(unmet("G45", "gallery_interpreter"), met("G15"), unmet("G17", "gallery_interviews", fix="gallery"))
    assert [row.id for row in shown["unmet"]] == ["G17", "G45"]  # type: ignore[attr-defined]
    assert [row.id for row in shown["met"]] == ["G15"]  # type: ignore[attr-defined]
    assert shown["counted"] == "1 of 3 safeguards are met. 1 safeguard blocks. 1 can be accepted by a supervisor."


def test_an_unmet_safeguard_has_its_reason_and_its_link() -> None:
    page = Template("{% load parts %}{% safeguards results %}").render(
        Context({"results": [unmet("G17", "gallery_interviews", fix="gallery")]})
    )
    assert "Two separate interviews agree" in page
    assert "The relative has not been interviewed" in page
    assert '<a href="/parts/">Review the possible match</a>' in page
    assert "Not met, blocks" in page


def test_a_safeguard_without_a_fix_waits() -> None:
    shown = rows(unmet("G21", "gallery_border"))
    assert shown["unmet"][0].state == "Not met, waits"  # type: ignore[index]


def test_it_speaks_french() -> None:
    from havre.cli.messages import compile_all

    compile_all()
    gettext._translations.clear()  # type: ignore[attr-defined]
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]
    with translation.override("fr"):
        shown = rows(met("G15"), unmet("G17", "gallery_interviews"))
    assert shown["counted"] == "Garanties remplies\u202f: 1 sur 2. 1 garantie bloque."
    assert shown["unmet"][0].title == "Deux entretiens séparés concordent"  # type: ignore[index]


def test_a_code_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="has words already"):
        reasons.register(reasons={"gallery_border": "Something else."})
    with pytest.raises(ValueError, match="has a place already"):
        fixes.register({"gallery": fixes.Fix("Elsewhere", "parts:gallery")})


def test_an_unknown_code_never_breaks_the_page() -> None:
    shown = rows(unmet("G17", "never_heard_of"))
    assert shown["unmet"][0].why == "This safeguard is not met yet."  # type: ignore[index]


def test_parameters_are_written_for_people() -> None:
    assert reasons.fill("Within %(hours)s hours by %(who)s", {"hours": 12000}) == "Within 12,000 hours by …"


def test_a_refusal_shows_only_what_is_missing() -> None:
    page = Template("{% load parts %}{% refused results %}").render(Context({"results": [met("G15"), unmet("G21", "gallery_border")]}))
    assert 'data-gate="G21"' in page
    assert "G15" not in page
    assert 'role="alert"' in page
