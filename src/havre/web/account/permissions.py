"""Everyone who is signed in may look after their own account."""

from havre.access.decide import permission
from havre.core.actor import Role

OWN = permission("account.own", **{role.value: "" for role in Role if role is not Role.SYSTEM})
