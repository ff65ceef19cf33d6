"""Who can read a value: the server alone, the server for an authorised person, or named people only?"""

from enum import StrEnum


class Tier(StrEnum):
    """Protection of a stored value.

    A: plain in the database, enough for deadlines and statistics. B: sealed under the subject's key, opened
    by an audited reading. C: sealed to named people's public keys, never readable by the server alone.
    """

    A = "A"
    B = "B"
    C = "C"
