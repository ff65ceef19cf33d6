"""Which Django application holds the parts, and when the words of the other areas are gathered."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

import havre.web


def gather_words() -> None:
    """Read `words.py` of every area of the browser, so that reason and fix codes have words."""
    for area in pkgutil.iter_modules(havre.web.__path__):
        name = f"havre.web.{area.name}.words"
        if area.ispkg and find_spec(name) is not None:
            import_module(name)


class PartsConfig(AppConfig):
    """Template parts, the form base and the registers of words."""

    name = "havre.web.parts"
    label = "parts"
    verbose_name = "Parts"

    def ready(self) -> None:
        """Gather the words of all areas once, at start."""
        gather_words()
