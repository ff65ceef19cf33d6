"""How many questions of a day? Counted in one statement each, so that two at once cannot pass the limit together."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F

from havre.config.policies import DEFAULT_COUNTRY, policy_for
from havre.exchange.peers.models import PeerDay


def limit() -> int:
    """Questions of one peer and one day, by the policy of this instance's country."""
    return policy_for(settings.HAVRE_COUNTRY or DEFAULT_COUNTRY).peer_questions_per_day


def take(peer: UUID, what: str, at: datetime, most: int) -> bool:
    """Count one more `received` or `sent`, unless there are `most` of that day. Returns whether there was room."""
    day, _ = PeerDay.objects.get_or_create(peer_id=peer, day=at.astimezone(UTC).date())
    return bool(PeerDay.objects.filter(pk=day.pk, **{f"{what}__lt": most}).update(**{what: F(what) + 1}))


def refuse(peer: UUID, at: datetime) -> None:
    """Count one that was refused."""
    PeerDay.objects.filter(peer_id=peer, day=at.astimezone(UTC).date()).update(refused=F("refused") + 1)


def left_of_day(at: datetime) -> int:
    """Seconds until the next day (UTC)."""
    now = at.astimezone(UTC)
    return int((datetime.combine(now.date() + timedelta(days=1), time(), UTC) - now).total_seconds()) + 1
