"""When was a person last compared with everyone on the other side, and with which model?"""

from django.db import models


class Compared(models.Model):
    """One person's last comparison: an opaque id, a time and a version; never a result. Read by the system."""

    person = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    model = models.TextField(help_text="the version of the model, without the count of names")

    class Meta:
        db_table = "tracing_compared"
