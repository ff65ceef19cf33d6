"""How is a sealed value held in a model?

Sealed columns hold bytes only. What a model instance carries is a `Sealed`, whose text shows nothing: a value can
neither be printed by accident nor saved unsealed. Sealing and opening are done by `infra.sealing` within `acting`.
"""

from typing import Any

from django.db import models

from havre.core.tiers import Tier


class Sealed:
    """Ciphertext of one field. Equal only by bytes; never shows its content."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = bytes(blob)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.blob == self.blob

    def __hash__(self) -> int:
        return hash(self.blob)

    def __repr__(self) -> str:
        return "‹sealed›"

    __str__ = __repr__


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of ciphertext with its tier (B or C). Assigning anything but `Sealed` or None is refused at save."""

    tier: Tier

    def __init__(self, *args: Any, tier: Tier = Tier.B, **kwargs: Any) -> None:
        if tier is Tier.A:
            raise ValueError("a tier A value is not sealed: use a plain column and list it in TIER_A")
        self.tier = Tier(tier)
        kwargs.setdefault("null", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["tier"] = self.tier.value
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is tier {self.tier}: seal it before saving")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return value


class SealedText(SealedField):
    """A sealed text (opens to `str`)."""


class SealedJson(SealedField):
    """A sealed JSON value (opens to dict, list, number, text)."""
