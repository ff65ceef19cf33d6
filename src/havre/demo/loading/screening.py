"""Which children of the invented world were met at a border first? Sent by an officer, taken by child protection."""

from datetime import datetime, timedelta
from random import Random

from havre.demo.loading import told
from havre.demo.loading.casework import Child
from havre.demo.loading.names import NOT_YET
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import Clock, Step, intent
from havre.demo.world.model import Stage
from havre.identification.actions import acknowledge, submit_screening
from havre.identification.models import Screening
from havre.infra.acting import acting


def screening_steps(child: Child, staff: Staff, number: int) -> list[Step]:
    """First contact of a child whose story begins at a border."""
    reg = child.reg
    if reg.screening is None:
        return []
    officers = [a for code, country in sorted(staff.countries.items()) if country == reg.country for a in staff.of("border_officer", code)]
    officer, rng = officers[number % len(officers)], Random(f"screening {reg.id}")

    def send(at: datetime) -> None:
        record = submit_screening(
            intent(officer, at, f"{reg.id} screening"), answers=told.first_contact(reg, rng), language=reg.language,
            observations=list(reg.screening.observations) if reg.screening else [], understood=rng.choice(("yes", "interpreter")),
            firewall_said=True, team=child.team)
        child.screening = record.pk
        child.owner = staff.by_id(record.worker_id) or child.owner

    def take(at: datetime) -> None:
        with acting(child.supervisor, now=at):
            record = Screening.objects.filter(pk=child.screening or NOT_YET).first()
            if record is not None and record.acknowledged_at is None:
                acknowledge(intent(child.supervisor, at, f"{reg.id} taken"), screening=record.pk)

    clock = child.clock if reg.case.stage is not Stage.SCREENED else Clock(f"{reg.id} border", child.clock.now + timedelta(minutes=10))
    day = reg.screening.on if reg.case.stage is not Stage.SCREENED else child.today - timedelta(days=rng.choice((0, 0, 1, 1, 2, 3)))
    steps = [Step(clock.on(day, 6), f"{reg.id} screening", send)]
    if reg.case.stage is not Stage.SCREENED or day < child.today - timedelta(days=1):
        steps.append(Step(clock.on(day, 7), f"{reg.id} taken", take))
    return steps
