"""What does the index need while nobody looks? Which names are common is counted again every night."""

from django.db import connection
from procrastinate.contrib.django import app

from havre.infra.jobs import job
from havre.registration.bulk import COMMON_FROM


@job("registration.count_common")
def count_common(**_when: object) -> None:
    """Count which tokens very many people share, so that a search does not read all who have them."""
    with connection.cursor() as cursor:
        cursor.execute("select havre_count_common(%s)", [COMMON_FROM])


app.periodic(cron="17 2 * * *")(app.tasks["registration.count_common"])
