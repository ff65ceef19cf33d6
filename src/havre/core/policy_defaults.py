"""Which numbers hold where a country has not decided otherwise?

Response times of the default policy in hours per risk level (where a window is given, its end), the capacity
guide by age, and the visits after reunification and after return in days.
"""

from collections.abc import Mapping
from types import MappingProxyType

RISKS = ("high", "medium", "low")

_DAY, _WEEK, _MONTH = 24, 168, 720

_HOURS = {
    "immediate_safety": (_DAY, 3 * _DAY, _WEEK),
    "assign": (1, 3, _DAY),
    "register": (_DAY, 3 * _DAY, 7 * _DAY),
    "rapid_assessment": (2 * _DAY, 7 * _DAY, 14 * _DAY),
    "comprehensive_assessment": (7 * _DAY, 14 * _DAY, 30 * _DAY),
    "plan": (3 * _DAY, 7 * _DAY, 14 * _DAY),
    "follow_up": (_WEEK // 2, _WEEK, _MONTH),
    "review": (14 * _DAY, _MONTH, 91 * _DAY),
    "guardian": (_DAY, 3 * _DAY, 7 * _DAY),
    "care_visit": (2 * _DAY, _WEEK, _MONTH),
    "reunification_visit": (_WEEK, _WEEK, _MONTH),
}

STEPS = tuple(_HOURS)

DEADLINES_HOURS: Mapping[tuple[str, str], int] = MappingProxyType(
    {(step, risk): hours for step, row in _HOURS.items() for risk, hours in zip(RISKS, row, strict=True)}
)

FOLLOW_UP_DAYS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"high": (7, 14, 30, 90), "medium": (7, 30, 90), "low": (30, 90)}
)

RETURN_FOLLOW_UP_DAYS = (7, 30, 91, 182, 365)

# Whose agreement a use of a child's data or a service needs, from and to an age in completed years.
CONSENT_NEEDS = ("caregiver_consent", "child_assent", "child_written_assent", "child_consent")

CAPACITY: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 5, ("caregiver_consent",)),
    (6, 11, ("caregiver_consent", "child_assent")),
    (12, 14, ("caregiver_consent", "child_written_assent")),
    (15, 17, ("child_consent",)),
)

CLEARANCES = ("reunification", "placement", "separation")
