"""Django's entry for the statistics domain."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs."""
        from havre.statistics.releases import jobs  # noqa: F401
