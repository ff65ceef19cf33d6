"""`havre linkage`: what the matcher of this instance stands on, looked at and brought up to date."""

import click

from havre.linkage.flat.command import find_command, index_command
from havre.linkage.train import command as train


@click.group()
def linkage() -> None:
    """The matcher: its index, the names it knows, and the versions of its numbers."""


@linkage.command()
@click.option("--all", "everything", is_flag=True, help="Write every entry again, not only those of an older matcher.")
def reindex(everything: bool) -> None:
    """Write the entries of the search index again, as this version of Havre writes them.

    People go on working meanwhile. Safe to interrupt: the next run goes on where this one stopped.
    """
    from havre.cli import start_django
    start_django()
    from uuid import UUID

    from django.utils import timezone

    from havre.access.system import system_actor
    from havre.infra.acting import acting
    from havre.registration.index import rewriting
    began = timezone.now()
    with acting(system_actor()):
        total = rewriting.entries() if everything else rewriting.left()
    done, after = 0, None
    while True:
        with acting(system_actor()) as stay:
            written, last = rewriting.step(stay.now, after=after, before=began if everything else None)
        done += written
        if last is None:
            break
        after = UUID(str(last))
        click.echo(f"  {done:,} of {total:,} entries written")
    with acting(system_actor()):
        rewriting.count_common()
    click.echo(f"The index is as this version writes it ({rewriting.written_as()}).")


@linkage.command()
def shares() -> None:
    """Count how common names are among the people of this instance, now instead of tonight, and say what is known.

    Names that fewer than 20 of those counted bear are left out. Nothing that is printed is a name.
    """
    from havre.cli import start_django
    start_django()
    from havre.access.system import system_actor
    from havre.infra.acting import acting
    from havre.registration.index.counting import count_names
    with acting(system_actor()) as stay:
        row = count_names(stay.now)
    common = max(row.shares.values(), default=0.0)
    click.echo(f"{row.drawn:,} people counted, {len(row.shares):,} names that many bear; the most common is borne by {100 * common:.1f} %.")
    for role, count in sorted(row.people.items()):
        click.echo(f"  {role}: {count:,} in the index")


linkage.add_command(train)
linkage.add_command(index_command)
linkage.add_command(find_command)


@linkage.command("learned")
def show_learned() -> None:
    """Say which model is in use, and what the decided pairs of this instance would teach. Changes nothing.

    A supervisor or tracing officer proposes it on the page “What the matcher learned”; another person approves it there.
    """
    from havre.cli import start_django
    start_django()
    from havre.access.system import system_actor
    from havre.infra.acting import acting
    from havre.linkage import learn, load_model
    from havre.linkage.model.differences import report
    from havre.registration.index import matcher
    from havre.tracing.learning import decisions
    with acting(system_actor()):
        used, start = matcher.current(), load_model()
        decided = decisions(start)
    click.echo(f"In use: model {used.numbers}. Decided pairs to learn from: {len(decided)}.")
    if decided:
        click.echo(report(start, learn(decided, start)))
