"""`havre docs`: the reference pages that are made from the code, and the check that they are current."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
HEAD = "<!-- Made by `./run docs` from the code. Change the code, not this page. -->\n"


def gates() -> str:
    """Every safeguard of the catalogue: what it asks, how strict it is, where it applies, where it is judged."""
    from havre.core.gates import CATALOGUE
    lines = ["# Safeguards", "", "`!` blocks, `?` waits for a supervisor's reason, `~` warns.", "",
             "| Id | What must hold | | Where | Judged in |", "|---|---|---|---|---|"]
    homes = _gate_homes()
    for info in sorted(CATALOGUE.values(), key=lambda g: g.id):
        home = ", ".join(f"`{h}`" for h in homes.get(info.id, [])) or "not yet: its part of the chain comes later"
        lines.append(f"| {info.id} | {info.title} | `{info.severity}` | {', '.join(info.applies_at)} | {home} |")
    return "\n".join(lines) + "\n"


def _gate_homes() -> dict[str, list[str]]:
    """Which module names which gate id."""
    import re
    root = Path(__file__).resolve().parents[1]
    homes: dict[str, list[str]] = {}
    for path in sorted([*root.glob("*/gates.py"), *root.glob("*/gates/*.py")]):
        for found in sorted(set(re.findall(r"\"(G\d\d)\"", path.read_text("utf-8")))):
            homes.setdefault(found, []).append(".".join(path.relative_to(root).with_suffix("").parts))
    return homes


def workflows() -> str:
    """Every state machine as a diagram and a table."""
    from importlib import import_module
    from importlib.util import find_spec

    from havre.core.workflow import Workflow
    lines = ["# Workflows", ""]
    for package in ("identification", "registration", "cases", "tracing"):
        if not find_spec(f"havre.{package}.states"):
            continue
        module = import_module(f"havre.{package}.states")
        for flow in (v for v in vars(module).values() if isinstance(v, Workflow)):
            lines += [f"## {package}: {flow.name}", "", "```mermaid", flow.diagram().rstrip(), "```", "",
                      "| From | Step | To | Safeguards |", "|---|---|---|---|"]
            lines += [f"| {t.source} | {t.action} | {t.target} | {', '.join(t.gates)} |" for t in flow.transitions]
            lines.append("")
    return "\n".join(lines)


def permissions() -> str:
    """Who may do what: roles by permission, with the relation to the file that it takes."""
    from havre.access.catalogue import all_permissions
    lines = ["# Permissions", "", "A dash means that the permission concerns no existing file.", "",
             "| Permission | Role | Relation to the file |", "|---|---|---|"]
    for wanted in all_permissions():
        for role, relations in sorted(wanted.allowed.items()):
            lines.append(f"| {wanted.code} | {role} | {', '.join(sorted(relations)) or '–'} |")
    return "\n".join(lines) + "\n"


def fields() -> str:
    """Every column of every protected table with its tier."""
    from havre.infra.fields import SealedField
    from havre.infra.rls import record_models
    lines = ["# Fields and tiers", "", "A: operational. B: identity and location, sealed. C: sealed to named people.", "",
             "| Table | Field | Tier |", "|---|---|---|"]
    for model in sorted(record_models(), key=lambda m: m._meta.db_table):
        for field in model._meta.concrete_fields:
            tier = field.tier.value if isinstance(field, SealedField) else "A"
            lines.append(f"| {model._meta.db_table} | {field.name} | {tier} |")
    return "\n".join(lines) + "\n"


def problems() -> str:
    """Every problem that a person or a program can meet."""
    from havre.core.problems import catalogue
    lines = ["# Problems", "", "| Code | Status | Sentence |", "|---|---|---|"]
    lines += sorted({f"| {p.code} | {p.status} | {p.sentence} |" for p in catalogue()})
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Every setting read from the environment."""
    from havre.config.described import SETTINGS
    lines = ["# Settings", "", "Read from the environment.", "", "| Name | Default | What it does |", "|---|---|---|"]
    lines += [f"| `{name}` | {default} | {words} |" for name, default, words in SETTINGS]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its options."""
    from havre.cli import cli
    lines = ["# Commands", ""]
    for words, command in _walk(cli, ["havre"]):
        lines += [f"## {words}", "", (command.help or "").strip(), ""]
        for option in command.params:
            said = getattr(option, "help", None) or ""
            lines.append(f"- `{' '.join(option.opts)}` {said}".rstrip())
        lines.append("")
    return "\n".join(lines)


def _walk(group: click.Group, words: list[str]) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        yield " ".join([*words, name]), command
        if isinstance(command, click.Group):
            yield from _walk(command, [*words, name])


def routes() -> str:
    """Every address with the permission that guards it."""
    from havre.web.registry import all_routes
    lines = ["# Addresses", "", "| Address | Name | Guarded by |", "|---|---|---|"]
    lines += [f"| `{r.pattern}` | {r.name} | {r.guard} |" for r in all_routes()]
    return "\n".join(lines) + "\n"


def linkage_columns() -> str:
    """Every column that linking files understands."""
    from havre.linkage.columns import reference
    return reference()


PAGES: dict[str, Callable[[], str]] = {
    "gates.md": gates, "workflows.md": workflows, "permissions.md": permissions, "fields.md": fields,
    "problems.md": problems, "settings.md": settings, "commands.md": commands, "addresses.md": routes,
    "linkage-columns.md": linkage_columns,
}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a page is not what the code says.")
def docs(check: bool) -> None:
    """Write the reference pages that are made from the code."""
    from havre.cli import start_django
    start_django()
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, make in PAGES.items():
        text = HEAD + make()
        path = FOLDER / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, "utf-8")
    if check and stale:
        click.echo(f"Not current: {', '.join(stale)}. Run ./run docs and commit the result.", err=True)
        sys.exit(1)
    click.echo("The reference pages are current." if check or not stale else f"Written: {', '.join(stale)}.")
