"""Which rows of two files, or of one, are of one person?

`link` and `dedupe` map columns, find candidate pairs, compare them field by field, fit the three-class mixture without labels
and return every pair worth reading with its probability, verdict and evidence. The parts are pure functions on arrays and Arrow
columns, so that a cluster runs the very same: `read_rows`, `anchors`, `keys` and `largest_block`, `sampled`, `learn`,
`choosing.limits`, `score`.
"""

from __future__ import annotations

from havre.linkage.batch.linking import dedupe, dedupe_table, link, link_tables
from havre.linkage.batch.result import Groups, Links, Pair

__all__ = ["Groups", "Links", "Pair", "dedupe", "dedupe_table", "link", "link_tables"]
