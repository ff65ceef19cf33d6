"""How are rows counted into tables, from arrays, files or a cluster, and always to the same whole numbers?"""

from havre.disclosure.counting.arrays import Counts, count
from havre.disclosure.counting.counted import Counted
from havre.disclosure.counting.files import count_file
from havre.disclosure.counting.spark import count_frame

__all__ = ["Counted", "Counts", "count", "count_file", "count_frame"]
