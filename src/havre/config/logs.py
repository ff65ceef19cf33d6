"""What may a log line say? Only the keys in ALLOWED; anything else is dropped before it is written."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "logger", "method", "route", "status", "milliseconds", "actor", "role", "code", "job",
    "file", "record", "kind", "count", "step", "seconds", "error_type", "where", "request",
})


def keep_allowed(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the allow-list: personal data cannot slip into a log by a new argument."""
    return {key: value for key, value in event.items() if key in ALLOWED}


class PlainRecords(logging.Filter):
    """Lines of other libraries keep their logger, level and the type of an exception; their text may hold data."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("havre"):
            return True
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args, record.exc_info, record.exc_text = f"{record.name} {kind}".strip(), (), None, None
        return True


def configure(options: dict[str, Any]) -> None:
    """Structured lines on standard error. Called by Django as LOGGING_CONFIG."""
    handler = logging.StreamHandler()
    handler.addFilter(PlainRecords())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("havre").setLevel(options.get("level", "INFO"))
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True), keep_allowed,
                    structlog.processors.JSONRenderer(sort_keys=True)],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger, cache_logger_on_first_use=True)
