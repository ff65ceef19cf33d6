"""One question among millions of persons, in flat arrays: see `Index`."""

from havre.linkage.flat.index import Found, Index

__all__ = ["Found", "Index"]
