"""Who is told when something happens in a domain above? One table: event -> functions `(unit, record)` by dotted path."""

from typing import Final

WIRING: Final[dict[str, tuple[str, ...]]] = {
}
