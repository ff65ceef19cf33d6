"""People who work, the agencies and teams they work in, the files they may open, and their sessions."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from havre.core.actor import Role

ROLES = [(r.value, r.value) for r in Role]


class Agency(models.Model):
    """An organisation or authority that works with children."""

    id = models.UUIDField(primary_key=True)
    code = models.SlugField(unique=True)
    name = models.TextField()
    country = models.CharField(max_length=2)
    contact = models.TextField(blank=True, help_text="How a partner reaches the focal point")


class Team(models.Model):
    """People of one agency who share a supervisor."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.TextField()
    takes_referrals = models.BooleanField(default=False, help_text="Receives children referred at first contact")


class People(BaseUserManager):  # type: ignore[type-arg]
    """Finds people by the name they sign in with."""


class User(AbstractBaseUser):
    """Someone who works with Havre. One role, one agency."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=80, unique=True)
    name = models.TextField()
    role = models.TextField(choices=ROLES)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    totp_secret = models.BinaryField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    public_key = models.BinaryField(null=True)
    vault = models.BinaryField(null=True, help_text="The private key, sealed under a key made from the password")

    objects = People()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="user_role_known")]


class Membership(models.Model):
    """A person in a team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    supervises = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="once_in_a_team")]


class File(models.Model):
    """The unit of need-to-know: a child's case file, a tracing request, a first-contact screening."""

    KINDS: ClassVar = [("case", "case"), ("request", "request"), ("screening", "screening"), ("match", "match"),
                      ("alert", "alert")]

    id = models.UUIDField(primary_key=True)
    kind = models.TextField(choices=KINDS)
    code = models.CharField(max_length=12, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "opened_at"], name="file_by_kind")]


class Grant(models.Model):
    """Who may open a file: a person, a team (its supervisors) or an agency (its managers)."""

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="grants")
    principal = models.UUIDField()
    relation = models.TextField()
    purpose = models.TextField(blank=True)
    granted_by = models.UUIDField()
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["principal", "file"], include=["expires_at"], name="grant_by_principal"),
                   models.Index(fields=["file", "principal"], name="grant_by_file")]
        constraints = [models.UniqueConstraint(fields=["file", "principal", "relation"], name="one_grant_of_a_kind"),
                       models.CheckConstraint(condition=~Q(relation="shared") | (Q(expires_at__isnull=False) & ~Q(purpose="")),
                                              name="sharing_has_purpose_and_end")]


class Bar(models.Model):
    """Someone with a conflict of interest, kept out of a file whatever their grants."""

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="bars")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    barred_by = models.UUIDField()
    barred_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "user"], name="barred_once")]


class SignIn(models.Model):
    """One session of a person, as they see it in their own list."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=64, unique=True)
    device = models.TextField(blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    vault = models.BinaryField(null=True, help_text="The private key, sealed under the secret in the session's own cookie")


class Try(models.Model):
    """A sign-in that failed, counted to slow guessing down; the name is kept as a keyed hash only."""

    at = models.DateTimeField(db_index=True)
    who = models.BinaryField()
    whence = models.BinaryField()
