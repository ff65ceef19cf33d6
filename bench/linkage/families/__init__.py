"""An invented tracing register of families, made without the matcher's own tables.

Which names: public lists and pairs of spellings (`attested.py`), and lists written here for languages without data
(`typed.tsv`). Which errors: plain rules of this package (`slips.py`, `habits.py`, `writing.py`). Nothing of
`havre.linkage.names` is read, so that what the matcher knows of spelling cannot leak into the question.
"""

from bench.linkage.families.files import Register, description, write_pair, write_register
from bench.linkage.families.groups import GROUPS

__all__ = ["GROUPS", "Register", "description", "write_pair", "write_register"]
