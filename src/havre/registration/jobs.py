"""What does the index need while nobody looks? Common tokens and names are counted again every night, and what an older
matcher wrote is written anew, some of it each night."""

from procrastinate.contrib.django import app

from havre.infra.acting import current
from havre.infra.jobs import job
from havre.registration.index import rewriting
from havre.registration.index.counting import count_names as count

FILES_A_NIGHT = 20_000


@job("registration.count_common")
def count_common(**_when: object) -> None:
    """Count which tokens very many people share, so that a search does not read all who have them."""
    rewriting.count_common()


@job("registration.count_names")
def count_names(**_when: object) -> None:
    """Count how common names are, so that agreeing on a rare one says more here than on a common one."""
    count(current().now)


@job("registration.rewrite_index")
def rewrite_index(**_when: object) -> None:
    """Write entries of an older matcher again; `havre linkage reindex` does all of them at once."""
    rewriting.step(current().now, files=FILES_A_NIGHT)


app.periodic(cron="17 2 * * *")(app.tasks["registration.count_common"])
app.periodic(cron="37 2 * * *")(app.tasks["registration.count_names"])
app.periodic(cron="57 2 * * *")(app.tasks["registration.rewrite_index"])
