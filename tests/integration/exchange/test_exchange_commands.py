"""From a terminal the same doors hold: dry run, all or nothing, a password once, places with their errors."""

import re

import pytest
import pyzipper
from click.testing import CliRunner

from havre.access.queries import scoped
from havre.cases.models import Case
from havre.cli import exchange, places
from havre.infra.acting import acting
from havre.reference.models import Place

pytestmark = pytest.mark.django_db

ROWS = "Full name,Sex,Age,Strange\nSelam Tesfay,F,9,x\nYusuf Ahmad,boy,8,y\n"
TERMS = ["--legal-basis", "consent", "--agreed", "--needs-asked"]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("havre.cli.start_django", lambda: None)
    return lambda command, *arguments: CliRunner().invoke(command, list(arguments))


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def cases(who):
    with acting(who):
        return scoped(Case, who).count()


def test_a_dry_run_imports_nothing(people, run, rows):
    done = run(exchange.import_, str(rows), "--as", "caseworker", "--kind", "children", "--dry-run", *TERMS)
    assert done.exit_code == 0, done.output
    assert "2 rows can come in, 0 need mending" in done.output
    assert "Strange -> (left out)" in done.output
    assert cases(people.caseworker) == 0


def test_an_import_brings_everyone_in(people, run, rows):
    done = run(exchange.import_, str(rows), "--as", "caseworker", "--kind", "children", "--map", "Strange=note", *TERMS)
    assert done.exit_code == 0, done.output
    assert "Imported 2 rows" in done.output
    assert cases(people.caseworker) == 2


def test_a_bad_row_is_named_and_nothing_comes_in(people, run, rows):
    rows.write_text(ROWS + "Haile,dragon,9,\n", encoding="utf-8")
    done = run(exchange.import_, str(rows), "--as", "caseworker", "--kind", "children", *TERMS)
    assert done.exit_code == 1
    assert "row 4, Sex:" in done.output
    assert cases(people.caseworker) == 0


def test_missing_terms_are_asked_for(people, run, rows):
    done = run(exchange.import_, str(rows), "--as", "caseworker", "--kind", "children")
    assert done.exit_code == 1
    assert "legal_basis" in done.output


@pytest.mark.parametrize("name", ["nobody", "officer"])
def test_not_everyone_imports(people, run, rows, name):
    done = run(exchange.import_, str(rows), "--as", name, "--kind", "children", *TERMS)
    assert done.exit_code == 1
    assert cases(people.supervisor) == 0


def test_an_export_is_written_encrypted(people, run, rows, tmp_path):
    run(exchange.import_, str(rows), "--as", "caseworker", "--kind", "children", *TERMS)
    target = tmp_path / "out.zip"
    arguments = ["--as", "caseworker", "--purpose", "case_management_participation", "--reason", "Team meeting", "--profile", "case", "--format", "csv",
                 "--out", str(target)]
    done = run(exchange.export, *arguments)
    assert done.exit_code == 0, done.output
    password = re.search(r"shown once: (\S+)", done.output).group(1)
    with pyzipper.AESZipFile(target) as found:
        assert "Selam" in found.read(found.namelist()[0], pwd=password.encode()).decode("utf-8-sig")
    assert target.stat().st_mode & 0o077 == 0
    assert run(exchange.export, *arguments).exit_code == 1, "an existing file is not written over"


def test_an_export_that_may_not_be_says_why(people, run, tmp_path):
    done = run(exchange.export, "--as", "caseworker", "--purpose", "share_for_services", "--reason", "School", "--out", str(tmp_path / "o.zip"))
    assert done.exit_code == 1
    assert "G30" in done.output
    assert not (tmp_path / "o.zip").exists()


def test_places_are_loaded_or_their_rows_named(people, run, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN\nSD,Sudan,SD01,Kassala\n", encoding="utf-8")
    bad.write_text("ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN\nSD,Sudan,SD01,Kassala\nSD,Sudan,,Nameless\n", encoding="utf-8")
    assert "2 places would be created" in run(places.places, "load", str(good), "--dry-run").output
    assert not Place.objects.filter(pcode="SD01").exists()
    assert run(places.places, "load", str(good)).exit_code == 0
    assert Place.objects.filter(pcode="SD01").exists()
    done = run(places.places, "load", str(bad))
    assert done.exit_code == 1
    assert "row 3:" in done.output
