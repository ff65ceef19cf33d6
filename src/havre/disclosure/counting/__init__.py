"""How are rows counted into tables, from arrays, files or a cluster, and always to the same whole numbers?"""

from havre.disclosure.counting.arrays import Counts, count

__all__ = ["Counts", "count"]
