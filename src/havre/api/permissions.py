"""The API has no permissions of its own but reading its description; everything else is guarded by those of the domains."""

from typing import Final

from havre.access.decide import permission
from havre.core.actor import Role

DESCRIBE: Final = permission("api.describe", **{role.value: "" for role in Role if role is not Role.SYSTEM})
