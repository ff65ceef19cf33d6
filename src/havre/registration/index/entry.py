"""What does the blind index hold? Keyed tokens without meaning, and features sealed under the person's own key.

The application reads its own files' entries only. Across agencies one function looks, `havre_candidates`, owned by a role
that nobody can sign in as: it takes tokens and gives back sealed entries, which are opened and scored in memory and of
which the caller learns no more than that there is something.
"""

from collections.abc import Iterator

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson


class IndexEntry(models.Model):
    """One person in the index. No birth date, no sex, no name in clear."""

    TABLE = "registration_index_entry"

    person = models.UUIDField(primary_key=True)
    file_id = models.UUIDField()
    agency_id = models.UUIDField()
    role = models.TextField()
    tokens = ArrayField(models.BigIntegerField())
    features = SealedJson(tier=Tier.B)
    updated_at = models.DateTimeField()
    written_as = models.TextField(default="", help_text="by which search keys, see `rewriting`")

    class Meta:
        db_table = "registration_index_entry"

    @classmethod
    def database_statements(cls) -> Iterator[str]:
        """The GIN index, the wall around the table and the one function that looks across it."""
        from havre.registration.index.sql import statements
        yield from statements()


class CommonToken(models.Model):
    """A token that many people share, counted now and then; a search does not read all who have it."""

    token = models.BigIntegerField(primary_key=True)
    holders = models.IntegerField()

    class Meta:
        db_table = "registration_common_token"
