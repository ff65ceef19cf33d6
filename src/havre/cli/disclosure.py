"""`havre disclosure`: is what is told about many safe for one?"""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from havre.disclosure.audit import Declared, Mechanism
    from havre.disclosure.plan import Plan


@click.group()
def disclosure() -> None:
    """What is told about many children: does it keep its promise to each one?"""


@disclosure.command()
@click.option("--mechanism", type=click.Choice(["measure", "synthesize"]), default="measure", show_default=True, help="Tables, or invented rows (slower).")
@click.option("--peer", "command", default="", help="Audit another mechanism than ours: the command of a process that speaks as havre.disclosure.audit.adapter says.")
@click.option("--epsilon", default=1.0, show_default=True, help="What is declared.")
@click.option("--delta", default=1e-6, show_default=True)
@click.option("--runs", default=10_000, show_default=True, help="Releases of the canary audit, half of them with one more child.")
@click.option("--labels", default=1_000, show_default=True, help="Releases of the label audit.")
@click.option("--children", default=200, show_default=True, help="Invented children among whom the audit is made.")
@click.option("--attributes", default=3, show_default=True, help="What is asked of each.")
@click.option("--order", default=2, show_default=True, help="How many attributes are combined.")
@click.option("--confidence", default=0.95, show_default=True, help="Of the verdict.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write everything that was found here too.")
def audit(mechanism: str, command: str, epsilon: float, delta: float, runs: int, labels: int, children: int, attributes: int, order: int,
          confidence: float, seed: int, path: Path | None) -> None:
    """Run a mechanism many times with one more child and without, and many times with a category that one child holds.

    Ends with 1 when more is given away than was declared. Invented children only; nothing of this instance is read.
    """
    import json

    from havre.disclosure.audit import Report, canary_audit, label_audit, sample
    from havre.disclosure.budget import Budget
    from havre.disclosure.plan import plan
    from havre.disclosure.workload import Workload
    if not 1 <= order <= attributes:
        raise click.BadParameter("between 1 and the number of attributes", param_hint="--order")
    domain = sample.domain(attributes)
    planned = plan(domain, Workload.all_ways(domain, order), Budget.of(epsilon, delta))
    people = sample.people(children, attributes, seed)
    with (_mechanism(mechanism, command, planned, epsilon, delta) as (name, audited, promised),
          click.progressbar(length=runs + labels, label="Releases", file=sys.stderr) as bar):
        found = canary_audit(audited, people, sample.canary(attributes), promised, runs=runs, order=order, seed=seed, confidence=confidence,
                             told=lambda done: bar.update(done - bar.pos))
        label = label_audit(audited, people, sample.canary(attributes), domain.names[0], sample.UNLISTED, runs=labels, seed=seed,
                            confidence=confidence, told=lambda _: bar.update(1))
    report = Report(name, found, label)
    click.echo(report.words())
    if path is not None:
        path.write_text(json.dumps(report.json(), indent=1) + "\n", "utf-8")
    sys.exit(1 if report.exceeded else 0)


@contextmanager
def _mechanism(name: str, command: str, planned: "Plan", epsilon: float, delta: float) -> "Iterator[tuple[str, Mechanism, Declared]]":
    from havre.disclosure.audit import Declared, Peer, declared, measured, synthesized
    if command:
        with Peer(shlex.split(command)) as peer:
            yield command, peer, Declared(epsilon, delta)
    else:
        yield name, measured(planned) if name == "measure" else synthesized(planned), declared(planned, delta)
