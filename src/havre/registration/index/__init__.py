"""The blind index: who may be whom, across agencies, without anyone's data being shown.

`search(actor, description)` gives `Found` candidates; `description_of(values, kin)` makes the description; `reindex` is
called by everything in this package that writes a person.
"""

from havre.registration.index.describing import description_of

__all__ = ["Found", "description_of", "reindex", "remove", "search"]


def __getattr__(name: str) -> object:
    """Load the parts that read the database when they are first asked for: models import this package."""
    if name in {"Found", "search"}:
        from havre.registration.index import searching
        return getattr(searching, name)
    if name in {"reindex", "remove"}:
        from havre.registration.index import writing
        return getattr(writing, name)
    raise AttributeError(name)
