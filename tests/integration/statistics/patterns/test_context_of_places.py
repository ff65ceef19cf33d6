"""Public figures of places: who takes them in, that a file replaces its sources, and that they stand beside patterns with their source."""

from datetime import UTC, datetime
from importlib.resources import files
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from havre.cli.places import places
from havre.demo.loading import register
from havre.reference.place_import import import_places
from havre.reference.places import parse_places
from havre.statistics.models import PlaceContext
from tests.integration.statistics.reading import page

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 12, 6, tzinfo=UTC)
FILE = """pcode,indicator,value,source,date
SDX01,People displaced,1000,A yearbook,2025-03-31
SDX01,People displaced,1250.5,A yearbook,2026-03-31
SDX,People displaced,90000,Another,2026-03-31
"""


@pytest.fixture
def tree(db):
    import_places(parse_places((files("havre") / "reference" / "data" / "demo_places.csv").read_bytes()))


def taken(client, text):
    given = {"rid": str(uuid4()), "file": SimpleUploadedFile("figures.csv", text.encode(), "text/csv")}
    return client.post(reverse("patterns:context"), given)


@pytest.mark.parametrize("who", ["analyst", "manager"])
def test_a_file_is_taken_in_and_the_next_of_a_source_replaces_it(people, tree, sign_in_as, who):
    client = sign_in_as(people.users[who])
    assert "No figure of a place yet." in page(client, reverse("patterns:context"))
    assert "Aucun chiffre sur un lieu" in page(client, reverse("patterns:context"), "fr")
    assert taken(client, FILE).status_code == 302 and PlaceContext.objects.count() == 3
    held = page(client, reverse("patterns:context"), "en")
    assert "A yearbook" in held and "Figures: 2. The newest is of 31 March 2026." in held
    taken(client, FILE.splitlines()[0] + "\nSDX02,People displaced,3,A yearbook,2026-06-30\n")
    assert sorted(PlaceContext.objects.values_list("pcode", "source")) == [("SDX", "Another"), ("SDX02", "A yearbook")]


def test_a_file_with_a_wrong_row_is_refused_as_a_whole_with_the_row(people, tree, sign_in_as):
    client = sign_in_as(people.users["manager"])
    answer = taken(client, FILE + "SDX99,People displaced,3,A yearbook,2026-06-30\n")
    assert answer.status_code == 422 and "Row 5: This P-code is not among the places." in answer.content.decode() and not PlaceContext.objects.exists()
    assert client.post(reverse("patterns:context"), {"rid": str(uuid4())}).status_code == 422


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "auditor", "officer"])
def test_others_find_no_such_page(people, tree, sign_in_as, who):
    client = sign_in_as(people.users[who])
    assert client.get(reverse("patterns:context")).status_code == 404 and taken(client, FILE).status_code == 404
    assert not PlaceContext.objects.exists()


def test_figures_stand_beside_what_is_told_by_place_with_their_source(people, tree, sign_in_as):
    register.releases(NOW)
    client = sign_in_as(people.users["analyst"])
    taken(client, FILE)
    address = reverse("patterns:where") + "?factor=risk_community&by=last_seen@2"
    english, french = page(client, address), page(client, address, "fr")
    assert "What is known of these places" in english and ">1,250.5<" in english and "A yearbook" in english and "31 March 2026" in english
    assert ">1,000<" not in english, "the newest of a source"
    assert "Ce que l’on sait de ces lieux" in french and "31 mars 2026" in french
    assert "What is known of these places" not in page(client, reverse("patterns:where") + "?factor=risk_household&by=phase@2", "en")
    code = client.get("/api/patterns").json()[0]["code"]
    said = client.get(f"/api/patterns/{code}/where", {"factor": "risk_community", "by": "last_seen", "level": 2}).json()
    (samrat,) = [row for row in said["rows"] if row["code"] == "SDX01"]
    assert samrat["context"] == [{"indicator": "People displaced", "value": 1250.5, "source": "A yearbook", "date": "2026-03-31"}]
    assert 0 < samrat["share"]["value"] < 1 and ["last_seen", 2] in said["breakdowns"]
    assert client.get(f"/api/patterns/{code}/where", {"factor": "risk_gangs"}).status_code == 404


def test_the_command_takes_the_same_file(people, tree, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text(FILE, encoding="utf-8")
    done = CliRunner().invoke(places, ["context", str(file)])
    assert done.exit_code == 0 and PlaceContext.objects.count() == 3, done.output
    file.write_text(FILE + "SDX99,a,1,b,2026-01-01\n", encoding="utf-8")
    wrong = CliRunner().invoke(places, ["context", str(file)])
    assert wrong.exit_code == 1 and "row 5: place" in wrong.output and PlaceContext.objects.count() == 3
