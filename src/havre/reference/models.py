"""Where is a place in the tree of countries, regions, districts and below?

Places are public reference data: they belong to no file, hold no personal data, and are never deleted.
"""

from django.db import models

from havre.reference.places import LOWEST_LEVEL, NAME_LENGTH, PCODE_LENGTH


class Place(models.Model):
    """A place with its P-code; `level` 0 is the country. `names` goes by language, in any script."""

    pcode = models.CharField(max_length=PCODE_LENGTH, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    names = models.JSONField(default=dict)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    country = models.CharField(max_length=2)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    search_text = models.TextField(default="", editable=False)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ("country", "level", "pcode")
        indexes = (models.Index(fields=("country", "level"), name="place_country_level"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(level__lte=LOWEST_LEVEL), name="place_level_known"),
            models.CheckConstraint(
                condition=models.Q(level=0, parent__isnull=True)
                | models.Q(level__gt=0, parent__isnull=False),
                name="place_parent_above_country",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.pcode})"

    def label(self, lang: str) -> str:
        """The name in `lang` where the place has one, else its main name."""
        return str(self.names.get(lang.split("-", 1)[0], self.name))
