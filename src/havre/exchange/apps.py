"""Django's entry for the exchange domain."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs."""
        from havre.exchange import importing  # noqa: F401
        from havre.exchange.peers import jobs  # noqa: F401
