"""Which data key seals a record, and how do keys rotate and die?

Each subject (a person, or a file) has one data key, wrapped by the instance key ring. Rotating the ring re-wraps data
keys in small steps with the service up. Erasing a subject forgets its data key: what it sealed can never be opened
again, while the log, which commits to ciphertext only, still verifies.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import models, transaction

from havre.core import crypto
from havre.core.keyring import KeyRing
from havre.core.problems import KeyErased
from havre.infra.acting import current


class DataKey(models.Model):
    """The wrapped data key of one subject. `wrapped` is null once erased."""

    subject = models.UUIDField(primary_key=True)
    kek = models.IntegerField()
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "infra_data_key"
        indexes = [models.Index(fields=["kek"], name="data_key_by_kek")]


@lru_cache(maxsize=1)
def ring() -> KeyRing:
    """The instance key ring of this process; `ring.cache_clear()` after a rotation."""
    from havre.config.boot import keyring
    return keyring()


def _aad(subject: UUID) -> bytes:
    return crypto.aad("infra_data_key", subject, "wrapped", 1)


def wrap_new(subject: UUID, now: datetime) -> tuple[DataKey, bytes]:
    """A fresh data key for `subject`: the row to save and the key itself."""
    keys = ring()
    key = crypto.new_data_key()
    wrapped = crypto.wrap(keys.current.key, key, _aad(subject), key_version=keys.current.id)
    return DataKey(subject=subject, kek=keys.current.id, wrapped=wrapped, created_at=now), key


def make_key(subject: UUID, now: datetime) -> bytes:
    """Create and keep the data key of a new subject."""
    row, key = wrap_new(subject, now)
    row.save(force_insert=True)
    current().data_keys[subject] = key
    return key


def data_key(subject: UUID) -> bytes:
    """The opened data key of `subject`. Raises KeyErased when it was erased or never was."""
    return data_keys([subject])[subject]


def data_keys(subjects: Iterable[UUID]) -> dict[UUID, bytes]:
    """Opened data keys of many subjects in one query. Raises KeyErased when one was erased."""
    known = current().data_keys
    wanted = set(subjects)
    missing = [s for s in wanted if s not in known]
    if missing:
        for row in DataKey.objects.filter(subject__in=missing, wrapped__isnull=False):
            keys = ring()
            known[row.subject] = crypto.unwrap(keys.kek(row.kek), bytes(row.wrapped or b""), _aad(row.subject))
    gone = [s for s in wanted if s not in known]
    if gone:
        raise KeyErased()
    return {s: known[s] for s in wanted}


def rotate_step(limit: int = 500) -> int:
    """Re-wrap up to `limit` data keys that are not under the current instance key. Returns how many were; 0 when done."""
    keys = ring()
    with transaction.atomic():
        rows = list(DataKey.objects.select_for_update(skip_locked=True)
                    .filter(wrapped__isnull=False).exclude(kek=keys.current.id)[:limit])
        for row in rows:
            key = crypto.unwrap(keys.kek(row.kek), bytes(row.wrapped or b""), _aad(row.subject))
            row.wrapped = crypto.wrap(keys.current.key, key, _aad(row.subject), key_version=keys.current.id)
            row.kek = keys.current.id
        DataKey.objects.bulk_update(rows, ["wrapped", "kek"])
    return len(rows)


def erase(subject: UUID, now: datetime) -> bool:
    """Forget the data key of `subject` for good. Returns False when there was none left to forget."""
    current().data_keys.pop(subject, None)
    return bool(DataKey.objects.filter(subject=subject, wrapped__isnull=False).update(wrapped=None, erased_at=now))
