"""Which Django application holds the parts, and when the words of the other areas are gathered."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PartsConfig(AppConfig):
    """Template parts, the form base and the registers of words."""

    name = "havre.web.parts"
    label = "parts"
    verbose_name = "Parts"

    def ready(self) -> None:
        """Read `words.py` of every installed area, so that reason and fix codes have words."""
        autodiscover_modules("words")
