"""Who looks for whom in the invented world, and how far has each search come?"""

from datetime import datetime

from havre.demo.loading.casework import Child
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import Step
from havre.demo.world import World


def tracing_steps(world: World, known: list[Child], staff: Staff, now: datetime) -> tuple[dict[str, object], list[Step]]:
    """Requests of relatives with their candidates; the files of the requests by id."""
    return {}, []
