"""The commands: duplicates, a run that is killed and goes on, the report, and what is said when something is wrong."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from havre.linkage import dedupe as dedupe_file
from havre.linkage import link as link_files
from havre.linkage.batch.folder import remove
from havre.linkage.command import dedupe, link
from havre.linkage.files import read_table

GIVEN = ("Selam", "Dawit", "Rahel", "Solomon", "Miriam", "Yonas", "Aster", "Bereket")
FATHERS = ("Tesfay", "Kidane", "Tadesse", "Girma", "Yohannes", "Mulugeta", "Elias", "Berhane", "Hagos", "Alemu")


def _write(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _children(prefix: str) -> list[dict[str, str]]:
    return [
        {
            "id": f"{prefix}{f}-{g}", "given": given, "father": father, "grandfather": FATHERS[(f + 1 + g // 2 * 3) % 10], "sex": "female" if g % 2 else "male",
            "birth_date": f"{2008 + g + f % 4}-{1 + (5 * f + 7 * g) % 12:02}-{1 + (7 * f + g) % 28:02}", "origin": f"Eritrea > Place {(f + g // 2) % 9}",
        }
        for f, father in enumerate(FATHERS) for g, given in enumerate(GIVEN)
    ]  # fmt: skip


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """Eighty children, each written down twice: once with an ending dropped and no day of birth."""
    rows = _children("a")
    again = [{**row, "id": "b" + row["id"][1:], "father": row["father"][:-1], "birth_date": row["birth_date"][:4]} for row in rows]
    return _write(tmp_path / "twice.csv", rows + again)


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return _write(tmp_path / "truth.csv", [{"one": row["id"], "other": "b" + row["id"][1:]} for row in _children("a")])


def test_duplicates_are_grouped(twice: Path) -> None:
    groups = dedupe_file(twice)
    true = {frozenset((row["id"], "b" + row["id"][1:])) for row in _children("a")}
    found = {frozenset(pair) for pair in groups.pairs()}
    assert len(found & true) >= 0.9 * len(true)
    assert len(found - true) <= 0.05 * len(true)
    columns = groups.columns()
    assert columns["id"] == read_table(twice).column("id")
    assert columns["rows"][0] == columns["group"].count(columns["group"][0])


def test_the_command_writes_every_rows_group_and_its_pairs(twice: Path, truth: Path, tmp_path: Path) -> None:
    out, pairs = tmp_path / "groups.csv", tmp_path / "pairs.parquet"
    done = CliRunner().invoke(dedupe, [str(twice), "--out", str(out), "--pairs", str(pairs), "--truth", str(truth)])
    assert done.exit_code == 0, done.output
    assert "precision" in done.output
    assert read_table(out).rows == 160
    assert {"left_id", "right_id", "probability", "given_level"} <= set(read_table(pairs).columns)
    assert not (tmp_path / "groups.csv.work").exists()


SLOW = """
import sys, time
from pathlib import Path
from havre.linkage.batch import engine, pairs
engine.STRETCH = 400
before = engine.Work.scored
def scored(self, *given):
    time.sleep(0.3)
    return before(self, *given)
engine.Work.scored = scored
from havre.linkage import dedupe
dedupe(Path(sys.argv[1]), work=Path(sys.argv[2]))
"""


def test_a_killed_run_goes_on_from_its_finished_parts(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havre.linkage.batch.engine.STRETCH", 400)
    folder, told = tmp_path / "work", list[str]()
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(twice), str(folder)], env={**os.environ, "PYTHONPATH": "src"})
    until = time.monotonic() + 120
    while len(list(folder.glob("part-*.npz"))) < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = len(list(folder.glob("part-*.npz")))
    again = dedupe_file(twice, work=folder, tell=told.append)
    assert finished >= 2
    assert sum("finished before" in text for text in told) == finished < sum(text.startswith("part ") for text in told)
    assert again.columns() == dedupe_file(twice).columns()
    with pytest.raises(ValueError, match="other files or with other options"):
        dedupe_file(twice, minimum=0.2, work=folder)
    remove(folder)
    assert not folder.exists()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_is_one_page_that_needs_nothing_else(twice: Path, truth: Path, tmp_path: Path, language: str) -> None:
    rows = list(csv.DictReader(twice.read_text(encoding="utf-8").splitlines()))
    rows[0]["given"] = '<script>alert("x")</script>'
    _write(twice, rows)
    report = tmp_path / "report.html"
    done = CliRunner().invoke(dedupe, [str(twice), "--out", str(tmp_path / "o.csv"), "--truth", str(truth), "--report", str(report),
                                       "--language", language])  # fmt: skip
    assert done.exit_code == 0, done.output
    text = report.read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    names = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"] == {"lang": language}
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not any(key in ("src", "href") for _, attributes in page.tags for key in attributes)
    assert names.count("svg") == 3 and all(a.get("aria-label") for tag, a in page.tags if tag == "svg")
    assert names.count("h1") == 1 and names.count("article") >= 5
    assert ("For it:" in text) == (language == "en")
    assert [written in text for written in (">0.05<", ">0,05<", "Latin letters", "lettres latines")] == [language == "en", language == "fr"] * 2


@pytest.mark.parametrize(("content", "said"), [
    ("", "is empty"),
    ("id,given,given\n1,Ali,Omar\n", "two columns named"),
    ("id,given,father\n1,Ali,Omar\n1,Sara,Omar\n", "rows twice"),
    ("\xff\xfe".encode("latin-1"), "UTF-8"),
    ("id,given\n1,Ali,Omar,more\n", "cannot be read"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(tmp_path: Path, content: str | bytes, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = CliRunner().invoke(dedupe, [str(path), "--out", str(tmp_path / "o.csv")])
    assert done.exit_code != 0 and said in done.output and "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == [path], "a run that is refused leaves nothing that would stand in the way of the next"


def test_what_stands_in_the_way_of_writing_is_told(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(dedupe, [str(twice), "--out", str(tmp_path / "nowhere" / "o.csv")])
    assert done.exit_code != 0 and "There is no folder" in done.output

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("havre.linkage.files.write_table", full)
    done = CliRunner().invoke(dedupe, [str(twice), "--out", str(tmp_path / "o.csv")])
    assert done.exit_code != 0 and "disk is full" in done.output
    assert (tmp_path / "o.csv.work").is_dir()


def test_semicolons_between_cells_are_understood(tmp_path: Path) -> None:
    left = _write(tmp_path / "left.csv", _children("a"), delimiter=";")
    right = _write(tmp_path / "right.csv", _children("b"))
    links = link_files(left, right, one_to_one=True)
    assert len({pair for pair in links.matched_ids() if pair[0][1:] == pair[1][1:]}) >= 78


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    left, right = _children("a"), _children("b")
    one = link_files(_write(tmp_path / "l.csv", left), _write(tmp_path / "r.csv", right))
    two = link_files(_write(tmp_path / "l2.csv", left[::-1]), _write(tmp_path / "r2.csv", right[::-1]))
    assert {(p.left_id, p.right_id): p.probability for p in one.pairs} == pytest.approx({(p.left_id, p.right_id): p.probability for p in two.pairs}, abs=1e-5)


def test_the_spark_engine_says_how_to_install_it(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    for command, files in ((link, [str(twice), str(twice)]), (dedupe, [str(twice)])):
        done = CliRunner().invoke(command, [*files, "--out", str(tmp_path / "o.csv"), "--engine", "spark"])
        assert done.exit_code != 0 and "havre[spark]" in done.output
