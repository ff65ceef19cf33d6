"""Everything that the exchange writes, as actions."""

from havre.exchange.exporting import export_children, fetch_export
from havre.exchange.importing import (
    discard_import,
    fail_import,
    map_import,
    queue_import,
    run_import,
    try_import,
    undo_import,
    upload_import,
)

__all__ = [
    "discard_import",
    "export_children",
    "fail_import",
    "fetch_export",
    "map_import",
    "queue_import",
    "run_import",
    "try_import",
    "undo_import",
    "upload_import",
]
