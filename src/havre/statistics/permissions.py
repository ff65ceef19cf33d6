"""Who may see numbers, ask for them, and let them out?"""

from typing import Final

from havre.access.decide import permission

NUMBERS: Final = permission("statistics.see_numbers", caseworker="", supervisor="", manager="", focal_point="")
DEFINITIONS: Final = permission("statistics.see_definitions", caseworker="", supervisor="", tracing_officer="", manager="",
                                focal_point="", analyst="", auditor="")
RELEASES: Final = permission("statistics.see_releases", analyst="", manager="", focal_point="", auditor="")
SEE: Final = permission("statistics.see_release", analyst="assigned opened", manager="agency", focal_point="shared", auditor="agency")
PLAN: Final = permission("statistics.plan_release", analyst="")
WORK_ON: Final = permission("statistics.work_on_release", analyst="assigned opened")
APPROVE: Final = permission("statistics.approve_release", manager="agency", focal_point="shared")
WITHDRAW: Final = permission("statistics.withdraw_release", manager="agency", focal_point="shared")
CARRY: Final = permission("statistics.carry_release", system="")
ASK: Final = permission("statistics.ask", analyst="")
LOAD_CONTEXT: Final = permission("statistics.load_context", analyst="", manager="", system="")
LEDGER: Final = permission("statistics.see_ledger", analyst="", manager="", focal_point="", auditor="")
