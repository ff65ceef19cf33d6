"""Who may see numbers, ask for them, and let them out?"""

from typing import Final

from havre.access.decide import permission

NUMBERS: Final = permission("statistics.see_numbers", caseworker="", supervisor="", manager="", focal_point="")
DEFINITIONS: Final = permission("statistics.see_definitions", caseworker="", supervisor="", tracing_officer="", manager="",
                                focal_point="", analyst="", auditor="")
