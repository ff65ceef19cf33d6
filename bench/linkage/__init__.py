"""How well and how fast does linkage find people? See `run`."""

from bench.linkage.suite import run

__all__ = ["run"]
