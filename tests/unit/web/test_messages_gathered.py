"""Are sentences found in code and templates, and are gaps in the translation reported?"""

from pathlib import Path

import pytest
from babel.messages import Catalog

from havre.cli import messages

TEMPLATE = """{% extends "base.html" %}{% load i18n %}
{% block title %}{% trans "One" %}{% endblock %}
   {% blocktrans count n=n %}It's %(x) one{% plural %}There are {{ n }}{% endblocktrans %}
{% section _("Three") "id" %}isn't "code{% endsection %}
{% comment %}{% trans "Never" %}{% endcomment %}
"""


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with two areas and a domain package."""
    for name in ("parts", "cases"):
        (tmp_path / "web" / name / "templates" / name).mkdir(parents=True)
        (tmp_path / "web" / name / "__init__.py").touch()
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "gates.py").write_text('TITLE = N_("A gate")\n')
    (tmp_path / "web" / "cases" / "templates" / "cases" / "a.html").write_text(TEMPLATE)
    (tmp_path / "web" / "cases" / "views.py").write_text('x = ngettext("%(n)s day", "%(n)s days", n)\n')
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    return tmp_path


def ids(catalog: Catalog) -> set[object]:
    return {message.id for message in catalog if message.id}


def test_templates_and_code_are_read(area: Path) -> None:
    found = ids(messages.gather("cases"))
    assert {"One", "Three", ("%(n)s day", "%(n)s days")} <= found
    assert "Never" not in found


def test_what_lies_outside_the_areas_goes_to_the_parts(area: Path) -> None:
    assert ids(messages.gather("parts")) == {"A gate"}


def test_a_domain_package_goes_with_the_area_of_its_name_and_takes_its_translation_along(area: Path) -> None:
    (area / "cases").mkdir()
    (area / "cases" / "gates.py").write_text('WHY = N_("A gate")\n')
    (area / "core" / "gates.py").write_text("")
    assert "A gate" in ids(messages.gather("cases"))
    assert ids(messages.gather("parts")) == set()
    (area / "core" / "gates.py").write_text('TITLE = N_("A gate")\n')
    messages.extract(["parts"])
    path = messages.catalogue_path("parts", "fr")
    path.write_text(path.read_text().replace('msgid "A gate"\nmsgstr ""', 'msgid "A gate"\nmsgstr "Une garantie"'))
    messages.extract(["cases"])
    assert "Une garantie" in messages.catalogue_path("cases", "fr").read_text()


def test_gaps_stale_entries_and_wrong_placeholders_are_reported(area: Path) -> None:
    messages.extract()
    path = messages.catalogue_path("cases", "fr")
    assert {one.why for one in messages.missing(["cases"])} == {"untranslated"}
    text = path.read_text()
    path.write_text(text.replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Un"'))
    assert "One" not in {one.message for one in messages.missing(["cases"])}
    (area / "web" / "cases" / "views.py").write_text('x = _("%(who)s left")\n')
    messages.extract(["cases"])
    assert "Un" in path.read_text(), "translations survive a new extraction"
    path.write_text(path.read_text().replace('msgid "%(who)s left"\nmsgstr ""', 'msgid "%(who)s left"\nmsgstr "%(qui)s"'))
    assert ("%(who)s left", "placeholders") in {(one.message, one.why) for one in messages.missing(["cases"])}
    (area / "web" / "cases" / "views.py").write_text("")
    assert ("%(who)s left", "stale") in {(one.message, one.why) for one in messages.missing(["cases"])}


def test_one_sentence_is_translated_one_way(area: Path) -> None:
    (area / "core" / "gates.py").write_text('TITLE = N_("One")\n')
    messages.extract()
    for name, word in (("cases", "Un"), ("parts", "Une")):
        path = messages.catalogue_path(name, "fr")
        path.write_text(path.read_text().replace('msgid "One"\nmsgstr ""', f'msgid "One"\nmsgstr "{word}"'))
    assert [(clash.message, clash.why) for clash in messages.clashes()] == [("One", "translated differently in cases, parts")]


def test_extraction_twice_changes_nothing(area: Path) -> None:
    messages.extract()
    before = messages.catalogue_path("cases", "fr").read_bytes()
    messages.extract()
    assert messages.catalogue_path("cases", "fr").read_bytes() == before


def test_compiled_catalogues_stand_beside_their_source(area: Path) -> None:
    messages.extract()
    assert messages.compile_all() == sorted(path.with_suffix(".mo") for path in area.glob("web/*/locale/fr/LC_MESSAGES/django.po"))
