"""How fast are the pages people use most, and a tracing query, with a million persons and two hundred thousand cases?"""

from bench.web.run import run

__all__ = ["run"]
