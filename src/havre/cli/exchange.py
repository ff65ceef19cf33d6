"""`havre import` and `havre export`: people in from a file and out in one, as a person of this instance."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from havre.core.problems import GateRefused, InputRefused, Problem

if TYPE_CHECKING:
    from havre.core.actor import Actor
    from havre.core.intent import Intent


def _person(username: str) -> "Actor":
    """The actor of a sign-in name. A plain sentence when there is none."""
    from havre.access.models import User
    from havre.access.queries import actor_of
    user = User.objects.select_related("agency").filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody signs in as “{username}”. `havre people add` makes people.")
    return actor_of(user, session="command line")


def _intent(actor: "Actor") -> "Intent":
    from django.utils import timezone

    from havre.core.intent import Intent
    return Intent(actor, timezone.now(), uuid4())


def _stop(problem: Problem) -> None:
    """Say what refused, one line each, and exit with 1."""
    from havre.cli.words import sentence
    if isinstance(problem, InputRefused):
        for name, said in problem.errors.items():
            click.echo(f"{name}: {' '.join(said)}" if name else " ".join(said), err=True)
    elif isinstance(problem, GateRefused):
        for result in problem.results:
            if not result.ok:
                click.echo(f"{result.id} {result.title}: {result.reason}", err=True)
    else:
        click.echo(sentence(problem), err=True)
    sys.exit(1)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, metavar="USER", help="Sign-in name of the person who imports.")
@click.option("--kind", type=click.Choice(["children", "requests"]), required=True)
@click.option("--map", "mapped", multiple=True, metavar="HEADING=FIELD", help="What a column means; an empty FIELD leaves it out. Others are guessed.")
@click.option("--legal-basis", default="", help="For children: code of the list legal_basis.")
@click.option("--legal-reason", default="", help="Why it holds for all of them (unless it is consent).")
@click.option("--agreed", is_flag=True, help="Caregivers and children (or inquirers) agreed, where no column says it.")
@click.option("--consent-mode", default="written", help="How they agreed: code of the list consent_mode.")
@click.option("--needs-asked", is_flag=True, help="Immediate needs were asked about, and nothing is open that no column tells.")
@click.option("--leave-out", multiple=True, type=int, metavar="ROW", help="Number of a row not to import.")
@click.option("--different", multiple=True, type=int, metavar="ROW", help="Number of a row that may be a known child and is another one.")
@click.option("--dry-run", is_flag=True, help="Try every row, say what refuses it, import nothing.")
def import_(file: Path, username: str, kind: str, mapped: tuple[str, ...], leave_out: tuple[int, ...], different: tuple[int, ...],
            dry_run: bool, **terms: Any) -> None:
    """Import children or tracing requests from CSV or XLSX: all rows, or none."""
    from havre.cli import start_django
    start_django()
    actor = _person(username)
    try:
        batch = _tried(actor, file, kind, mapped, terms)
        if dry_run or (batch.wrong and not leave_out):
            _say_report(actor, batch.file.code)
            if not dry_run:
                click.echo("Nothing was imported. Mend the rows, or name them with --leave-out.", err=True)
            _discard(actor, batch)
            sys.exit(1 if batch.wrong or batch.flagged else 0)
        _imported(actor, batch, leave_out, different)
    except Problem as problem:
        _stop(problem)


def _tried(actor: "Actor", file: Path, kind: str, mapped: tuple[str, ...], terms: dict[str, Any]) -> Any:
    """Upload, name the columns, try."""
    from havre.exchange import actions, queries
    from havre.infra.acting import acting
    batch = actions.upload_import(_intent(actor), kind=kind, name=file.name, content=file.read_bytes())
    with acting(actor):
        view = queries.import_view(actor, batch.file.code, samples=0)
        guess = queries.guessed(actor, kind, view.headers)
    chosen = dict(pair.rpartition("=")[::2] for pair in mapped)
    mapping = {h: f for h, f in guess.items() if f not in chosen.values()} | chosen
    for heading in view.headers:
        click.echo(f"  {heading} -> {mapping.get(heading) or '(left out)'}")
    actions.map_import(_intent(actor), batch=batch.pk, mapping=mapping, terms=_terms(kind, terms))
    return actions.try_import(_intent(actor), batch=batch.pk)


def _terms(kind: str, said: dict[str, Any]) -> Any:
    from havre.exchange.building import Terms
    agreed = True if said["agreed"] else None
    if kind == "requests":
        return Terms(inquirers_agreed=agreed, consent_mode=said["consent_mode"])
    return Terms(legal_basis=said["legal_basis"], legal_reason=said["legal_reason"], caregivers_agreed=agreed, children_agreed=agreed,
                 consent_mode=said["consent_mode"], needs_asked=said["needs_asked"])


def _imported(actor: "Actor", batch: Any, leave_out: tuple[int, ...], different: tuple[int, ...]) -> None:
    from havre.exchange import actions
    done = actions.run_import(_intent(actor), batch=batch.pk, leave_out=leave_out, different=different)
    if done.status != "imported":
        _say_report(actor, batch.file.code)
        click.echo("Nothing was imported. Name the rows with --leave-out or --different.", err=True)
        _discard(actor, batch)
        sys.exit(1)
    click.echo(f"Imported {done.good} rows as {batch.file.code}. It can be undone on its page.")


def _discard(actor: "Actor", batch: Any) -> None:
    """A file that did not come in does not stay."""
    from havre.exchange import actions
    actions.discard_import(_intent(actor), batch=batch.pk)


def _say_report(actor: "Actor", code: str) -> None:
    """Every refused row with its column and what to do, and the rows that may be known."""
    from havre.exchange import queries
    from havre.infra.acting import acting
    from havre.web.exchange.words import issue
    with acting(actor):
        view = queries.import_view(actor, code, samples=0)
    for one in sorted(view.issues, key=lambda each: each["row"]):
        where = f"row {one['row']}, {one['column']}" if one["column"] else f"row {one['row']}"
        click.echo(f"{where}: {issue(one)}")
    for row, hits in sorted(view.flagged.items()):
        codes = ", ".join(hit["code"] or "a record of another agency" for hit in hits)
        click.echo(f"row {row}: may be a child who is known already: {codes}")
    click.echo(f"{view.batch.good} rows can come in, {view.batch.wrong} need mending, {view.batch.flagged} may be known already.")


@click.command("export")
@click.option("--as", "username", required=True, metavar="USER", help="Sign-in name of the person who exports.")
@click.option("--purpose", required=True, help="Code of the list consent_purpose, such as share_for_services.")
@click.option("--reason", required=True, help="Why it has to leave Havre; kept with the export.")
@click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The encrypted archive to write.")
@click.option("--profile", default="work_list", help="Which fields: work_list, tracing, referral, case.")
@click.option("--format", "file_kind", type=click.Choice(["xlsx", "csv"]), default="xlsx")
@click.option("--recipient", default="", help="Who receives it; empty for one's own work.")
@click.option("--agreement", is_flag=True, help="The recipient has an agreement on protecting these data.")
@click.option("--mine", is_flag=True, help="Only children this person is responsible for.")
def export(username: str, target: Path, mine: bool, **wanted: Any) -> None:
    """Export children whose agreement covers the purpose, encrypted. The password is printed once and kept nowhere."""
    from havre.cli import start_django
    start_django()
    from havre.cases.queries import CaseFilter
    from havre.exchange import actions
    from havre.exchange.exporting import Wanted
    actor = _person(username)
    if target.exists():
        raise click.ClickException(f"{target} is there already. Choose another name, so that nothing is lost.")
    try:
        made = actions.export_children(_intent(actor), wanted=Wanted(**wanted, narrowed=CaseFilter(status="open", whose="mine" if mine else "")))
        _, content = actions.fetch_export(_intent(actor), export=made.batch.pk)
    except Problem as problem:
        _stop(problem)
        return
    target.write_bytes(content)
    target.chmod(0o600)
    click.echo(f"{made.batch.rows} children in {target}; {made.batch.left_out} left out, because the agreement does not cover the purpose.")
    click.echo(f"Password, shown once: {made.password}")
