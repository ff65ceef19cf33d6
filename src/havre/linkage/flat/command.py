"""`havre linkage index FILE --out FOLDER` and `havre linkage find FOLDER --name …`: one question to a whole file of people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from havre.linkage.explain import STRENGTHS, VERDICTS, WORDS, sentence, strength
from havre.linkage.flat.index import Found, Index
from havre.linkage.flat.people import described, people
from havre.linkage.model.lists import KINDS, sorted_lists
from havre.linkage.model.parameters import load_model
from havre.linkage.model.posterior import Verdict

REASONS: Final = 6  # of one person, the weightiest first


def _headers(items: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in items]
    if any(not equals for _, equals, _ in pairs):
        raise click.ClickException("--map is written HEADER=COLUMN.")
    return {header.strip(): column.strip() for header, _, column in pairs}


@click.command(name="index")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the register.")
@click.option("--map", "headers", multiple=True, metavar="HEADER=COLUMN", help="What a header of the file means.")
def index_command(file: Path, out: Path, headers: tuple[str, ...]) -> None:
    """Make a register of the people of FILE (CSV or Parquet) that `havre linkage find` searches.

    The folder holds all that the file says of them, readable by whoever has it: keep it where the file may be kept.
    """
    try:
        register = Index(people(file, _headers(headers)))
        register.save(out)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(register):,} people are in the register in {out}.")


@click.command(name="find")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", "full_name", help="Whole name, given name first.")
@click.option("--given", help="Given name; other spellings after a slash.")
@click.option("--father", help="Father's name.")
@click.option("--grandfather", help="Father's father's name.")
@click.option("--mother", help="Mother's name.")
@click.option("--family", help="Family name.")
@click.option("--nickname", help="Nickname.")
@click.option("--sex", help="female or male.")
@click.option("--age", metavar="YEARS", help="Age, or youngest and oldest: 8-10.")
@click.option("--on", "recorded_on", metavar="DATE", help="When the age was true; today unless said.")
@click.option("--birth-date", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--origin", help="Place of origin, broad to narrow: “Sudan > Kassala”.")
@click.option("--last-seen", help="Place last seen, in the same way.")
@click.option("--phones", help="Telephone numbers, separated by ;.")
@click.option("--identifiers", help="Numbers of documents, separated by ;.")
@click.option("--siblings", help="Brothers and sisters: “Dawit (5); Sara”.")
@click.option("--relatives", help="Others: “aunt: Mersa; uncle: Ali”.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many people at most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def find_command(folder: Path, age: str | None, recorded_on: str | None, limit: int, as_json: bool, **asked: str | None) -> None:
    """Say who in the register in FOLDER may be the person described, who may be family, and who is alike in name only."""
    row = {name: text for name, text in asked.items() if text}
    if not row:
        raise click.ClickException("Say at least a name, a telephone number or a document. `havre linkage find --help` lists what can be said.")
    if age:
        low, _, high = age.partition("-")
        row |= {"age_min": low, "age_max": high or low, "recorded_on": recorded_on or date.today().isoformat()}
    try:
        register = Index.load(folder)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    model = load_model().with_shares(register.shares())
    found = register.find(described(row), limit, population=len(register), model=model)
    click.echo(json.dumps([_plain(f) for f in found], ensure_ascii=False, indent=1) if as_json else _told(found))


def _reasons(found: Found) -> list[Mapping[str, Any]]:
    told = [e for e in found.result.evidence if not e.missing]
    told.sort(key=lambda e: -max(abs(e.llr), abs(e.family_llr)))
    return [{"field": e.field, "level": e.level, "reason": sentence(e.reason, e.params), "llr": round(e.llr, 3),
             "family_llr": round(e.family_llr, 3), "strength": strength(e.llr), "asked": e.left, "found": e.right} for e in told]  # fmt: skip


def _plain(found: Found) -> dict[str, Any]:
    result = found.result
    return {
        "id": found.id, "verdict": str(result.verdict), "words": str(result.words), "per_hundred": result.per_hundred,
        "probability": result.probability, "family_probability": result.family_probability, "reasons": _reasons(found),
    }  # fmt: skip


def _told(found: list[Found]) -> str:
    """Three lists, each person with the words for the probability and the weightiest reasons."""
    lines: list[str] = []
    for verdict, members in zip(KINDS, sorted_lists((f, f.result) for f in found), strict=True):
        if members:
            lines.append(f"{VERDICTS[verdict]}:")
            lines += [line for f, _ in members for line in _person(f)]
    return "\n".join(lines) or "Nobody in the register is like the person described."


def _person(found: Found) -> list[str]:
    result = found.result
    name = " / ".join(dict.fromkeys(n.value for n in found.person.source.names)) or "no name"
    likely = f"{WORDS[result.words]}, {result.per_hundred} of 100." if result.verdict is not Verdict.LOOKALIKE else ""
    reasons = [f"{STRENGTHS[r['strength']]} {r['reason']}" for r in _reasons(found)[:REASONS]]
    return [f"  {found.id or '–'}  {name}", *[f"      {line}" for line in (likely, *reasons) if line]]
