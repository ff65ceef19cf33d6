"""Linkage: is this the same child, the same family, or a stranger with a like name?

A pure library: it reads no database and no clock. `score` compares two descriptions, `keys` gives the search keys by
which candidates are found, `link` links two files.
"""

from __future__ import annotations

from havre.linkage.batch import Groups, Links, dedupe, link
from havre.linkage.blocking import keys, rank_hint
from havre.linkage.compiled import renew
from havre.linkage.evidence.base import Evidence
from havre.linkage.flat import Found, Index
from havre.linkage.model.asking import Ask
from havre.linkage.model.learning import Decision, Outcome, learn
from havre.linkage.model.lists import Lists, sorted_lists
from havre.linkage.model.parameters import Model, load_model, shares_of
from havre.linkage.model.posterior import Result, Verdict, Words, chances, rank, score
from havre.linkage.prepared import Prepared, prepare, read_json, read_through
from havre.linkage.record import Description, Name, NameKind, Relative, Sibling

renew()  # before anything compiled is first called

__all__ = [
    "Ask",
    "Decision",
    "Description",
    "Evidence",
    "Found",
    "Groups",
    "Index",
    "Links",
    "Lists",
    "Model",
    "Name",
    "NameKind",
    "Outcome",
    "Prepared",
    "Relative",
    "Result",
    "Sibling",
    "Verdict",
    "Words",
    "chances",
    "dedupe",
    "keys",
    "learn",
    "link",
    "load_model",
    "prepare",
    "rank",
    "rank_hint",
    "read_json",
    "read_through",
    "score",
    "shares_of",
    "sorted_lists",
]
