"""Is every sentence that people read translated, and where are the translations kept?

Messages are gathered from Python code and templates and merged into one catalogue per area and language:
`web/<area>/locale/<lang>/LC_MESSAGES/django.po`. A domain package goes with the area of its name; what belongs to no
area (core, access, `web/templates`…) goes to the area `parts`. A sentence that moves takes its translation along. Compiled `.mo` files are not kept in the repository; `compile_all` makes them.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE: Final = Path(__file__).resolve().parent.parent
LANGUAGES: Final = ("fr",)
HOME: Final = "parts"
MORE: Final = {"numbers": ("statistics/indicators", "statistics/counting", "statistics/board")}  # what else goes with an area

_KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_SKIP: Final = frozenset({"static", "static_built", "locale", "migrations", "__pycache__"})
_HEADER: Final = "# {lang} translations of Havre: {area}.\n"

MessageId = str | tuple[str, ...] | list[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """One message that is not right in a catalogue, and why: untranslated, fuzzy, unknown, stale, placeholders."""

    area: str
    language: str
    message: str
    why: str


def areas() -> list[str]:
    """Name every area of the browser."""
    return sorted(path.parent.name for path in (SOURCE / "web").glob("*/__init__.py"))


def catalogue_path(area: str, language: str) -> Path:
    """Give the file of an area's catalogue."""
    return SOURCE / "web" / area / "locale" / language / "LC_MESSAGES" / "django.po"


def gather(area: str) -> Catalog:
    """Read every message of an area from its code and templates. Places are file names, without line numbers."""
    found = Catalog(domain="django", project="Havre", charset="utf-8")
    for path in sorted(_files(area)):
        place = path.relative_to(SOURCE).as_posix()
        for _line, message, comments, context in _messages(path):
            found.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return found


def _files(area: str) -> Iterator[Path]:
    """Files of an area and of the package of the same name; the area `parts` holds all that belongs to none."""
    others = {SOURCE.joinpath(*parent, name) for name in areas() if name != HOME for parent in (("web",), ())}
    others |= {SOURCE / path for paths in MORE.values() for path in paths}
    roots = [SOURCE] if area == HOME else [SOURCE / "web" / area, SOURCE / area, *(SOURCE / path for path in MORE.get(area, ()))]
    for root in roots:
        for path in root.rglob("*"):
            if path.suffix not in (".py", ".html", ".txt") or _SKIP & set(path.parts):
                continue
            if path.suffix != ".py" and "templates" not in path.parts:
                continue
            if area != HOME or not others & set(path.parents):
                yield path


def _messages(path: Path) -> Iterable[tuple[int, Any, list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _template_as_python(text, path.name)
    try:
        yield from babel_extract("python", io.BytesIO(text.encode()), _KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error


def _template_as_python(text: str, name: str) -> str:
    """Turn a template into calls of gettext that Python's own reader can follow; brackets set indentation aside."""
    from django.utils.translation.template import templatize

    calls = templatize(text, origin=name)
    return "(" + re.sub(r"\bX+\b", "", calls) + "\n)"


def extract(wanted: Iterable[str] = ()) -> dict[str, int]:
    """Merge new messages into the catalogues; return how many messages each area has. Nothing is guessed."""
    counts: dict[str, int] = {}
    for area in tuple(wanted) or areas():
        found = gather(area)
        counts[area] = len(found)
        for language in LANGUAGES:
            if len(found):
                _merge(area, language, found)
    return counts


def _read(area: str, language: str) -> Catalog | None:
    path = catalogue_path(area, language)
    if not path.exists():
        return None
    with path.open("rb") as source:
        return read_po(source, locale=language, domain="django")


def _merge(area: str, language: str, found: Catalog) -> None:
    path = catalogue_path(area, language)
    merged = Catalog(locale=language, domain="django", project="Havre", charset="utf-8", fuzzy=False)
    merged.header_comment = _HEADER.format(lang=language, area=area).rstrip()
    known = [catalogue for name in (area, *areas()) if (catalogue := _read(name, language))]
    for message in found:
        if not message.id:
            continue
        before = _translated(known, message)
        kept = merged.add(
            message.id,
            before.string if before else None,
            message.locations,
            flags=before.flags if before else (),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
        kept.locations = sorted({(name, 0) for name, _line in kept.locations})
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, merged, width=110, include_lineno=False, sort_output=True, omit_header=False)
    path.write_text(_without_dates(out.getvalue().decode()), encoding="utf-8")


def _translated(known: list[Catalog], message: Message) -> Message | None:
    """Find what was written for a message: in its own catalogue, else wherever it is translated."""
    there = [one for catalogue in known if (one := catalogue.get(message.id, context=message.context))]
    return next((one for one in there if one.string and all(_forms(one.string))), there[0] if there else None)


def _without_dates(text: str) -> str:
    """Drop header lines that change on every run and say nothing."""
    noisy = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By", "Report-Msgid-Bugs-To")
    lines = [line for line in text.splitlines() if not line.startswith(tuple(f'"{name}:' for name in noisy))]
    return "\n".join(lines) + "\n"


def compile_all() -> list[Path]:
    """Compile every catalogue next to its source; return the files written."""
    written: list[Path] = []
    for source in sorted((SOURCE / "web").glob("*/locale/*/LC_MESSAGES/django.po")):
        language = source.parent.parent.name
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=language, domain="django")
        target = source.with_suffix(".mo")
        part = target.with_suffix(".mo.part")
        with part.open("wb") as out:
            write_mo(out, catalogue)
        part.replace(target)
        written.append(target)
    return written


def missing(wanted: Iterable[str] = ()) -> list[Missing]:
    """List what is not translated, fuzzy, no longer used, or differs from its msgid in placeholders."""
    wrong: list[Missing] = []
    for area in tuple(wanted) or areas():
        found = gather(area)
        for language in LANGUAGES:
            known = _read(area, language) or Catalog(locale=language)
            wrong += [Missing(area, language, _shown(m.id), why) for m, why in _wrong(found, known)]
    return wrong


def clashes() -> list[Missing]:
    """List sentences that two areas translate differently: at run time only one of them would win."""
    said: dict[tuple[str, Any, str], dict[str, set[str]]] = {}
    for area in areas():
        for language in LANGUAGES:
            for message in _read(area, language) or ():
                if message.id and message.string:
                    key = (language, message.context, _shown(message.id))
                    said.setdefault(key, {}).setdefault("|".join(_forms(message.string)), set()).add(area)
    return [
        Missing("", language, message, f"translated differently in {', '.join(sorted(set().union(*ways.values())))}")
        for (language, _context, message), ways in said.items()
        if len(ways) > 1
    ]


def _wrong(found: Catalog, known: Catalog) -> Iterator[tuple[Any, str]]:
    for message in found:
        if not message.id:
            continue
        there = known.get(message.id, context=message.context)
        if there is None:
            yield message, "unknown"
        elif not there.string or not all(_forms(there.string)):
            yield message, "untranslated"
        elif there.fuzzy:
            yield message, "fuzzy"
        elif _placeholders(message.id) != _placeholders(there.string):
            yield message, "placeholders"
    for message in known:
        if message.id and found.get(message.id, context=message.context) is None:
            yield message, "stale"


def _forms(text: MessageId) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _shown(text: MessageId) -> str:
    return _forms(text)[0]


def _placeholders(text: MessageId) -> set[str]:
    return {name for form in _forms(text) for name in re.findall(r"%\((\w+)\)s", form)}


@click.group()
def messages() -> None:
    """Gather, compile and check the translations."""


@messages.command("extract")
@click.argument("only", metavar="[AREA]...", nargs=-1)
def extract_command(only: tuple[str, ...]) -> None:
    """Add new sentences to the catalogues and drop those no longer used. Translations are kept."""
    for area, count in extract(only).items():
        click.echo(f"{area}: {count} messages")


@messages.command("compile")
def compile_command() -> None:
    """Write the compiled catalogues that the running program reads."""
    click.echo(f"{len(compile_all())} catalogues compiled")


@messages.command("check")
@click.argument("only", metavar="[AREA]...", nargs=-1)
def check_command(only: tuple[str, ...]) -> None:
    """List what is not translated, fuzzy, stale or said in two ways; exit 1 when there is any."""
    wrong = missing(only) + clashes()
    for one in wrong:
        click.echo(f"{one.area}/{one.language}: {one.why}: {one.message}")
    if wrong:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    messages()
