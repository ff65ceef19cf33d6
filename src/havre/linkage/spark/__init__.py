"""Linking on a cluster of machines: the same functions as `linkage.batch`, joined by Apache Spark.

`link` and `dedupe` give what those of `batch` give; `found_pairs` leaves the pairs on the cluster, for results too large for one machine;
`need` says what two registers of given sizes take.
"""

from __future__ import annotations

from havre.linkage.spark.linking import Found, dedupe, found_pairs, link
from havre.linkage.spark.session import start
from havre.linkage.spark.sizing import Costs, Need, need

__all__ = ["Costs", "Found", "Need", "dedupe", "found_pairs", "link", "need", "start"]
