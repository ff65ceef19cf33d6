"""Who may do what in family tracing? One line per permission; relations are those of `access.decide`.

In a match file the child's side stands as `assigned` and `team`; the relative's side as `shared`, for the purpose
`family_tracing` and until a day.
"""

from typing import Final

from havre.access.decide import permission

LIST: Final = permission("tracing.list", caseworker="", supervisor="", tracing_officer="", manager="")
REQUEST: Final = permission("tracing.request", caseworker="", supervisor="", tracing_officer="")
READ: Final = permission("tracing.read", caseworker="assigned shared", supervisor="team assigned shared",
                         tracing_officer="assigned shared", panel_member="panel", manager="agency", auditor="agency", system="")
READ_LANE: Final = permission("tracing.read_lane", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
CHANGE: Final = permission("tracing.change", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
WISHES: Final = permission("tracing.record_wishes", caseworker="assigned", supervisor="team assigned",
                           tracing_officer="assigned")
EXCEPTION: Final = permission("tracing.trace_without_wish", supervisor="team")
ACT: Final = permission("tracing.act", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
PUBLISH: Final = permission("tracing.ask_publication", caseworker="assigned", tracing_officer="assigned")
APPROVE_PUBLICATION: Final = permission("tracing.decide_publication", supervisor="team")
DECIDE: Final = permission("tracing.decide_candidate", caseworker="assigned", supervisor="team assigned",
                           tracing_officer="assigned")
INTERVIEW: Final = permission("tracing.interview", caseworker="assigned shared", supervisor="team assigned shared",
                              tracing_officer="assigned shared")
COMPARE: Final = permission("tracing.compare_facts", caseworker="assigned shared", supervisor="team assigned shared",
                            tracing_officer="assigned shared")
VERIFY: Final = permission("tracing.verify", supervisor="team")
END_MATCH: Final = permission("tracing.end_match", caseworker="assigned shared", supervisor="team shared",
                              tracing_officer="assigned shared")
ASSESS: Final = permission("tracing.assess_adult", caseworker="assigned shared", supervisor="team assigned shared",
                           tracing_officer="assigned shared")
CLEAR_ALERT: Final = permission("tracing.clear_alert", supervisor="team")
ALERTS: Final = permission("tracing.alerts", supervisor="")
ALERT: Final = permission("tracing.change_alert", supervisor="team assigned")
ASK_PANEL: Final = permission("tracing.ask_panel", caseworker="assigned", supervisor="team assigned")
PANEL_LIST: Final = permission("tracing.panel_list", panel_member="")
PANEL: Final = permission("tracing.decide_best_interests", panel_member="panel")
PLAN: Final = permission("tracing.plan_reunification", caseworker="assigned", supervisor="team assigned",
                         tracing_officer="assigned shared")
APPROVE: Final = permission("tracing.approve_reunification", supervisor="team")
SIGN: Final = permission("tracing.sign_hand_over", caseworker="assigned shared", supervisor="team assigned shared",
                         tracing_officer="assigned shared")
VISIT: Final = permission("tracing.visit", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned shared")
MATCH: Final = permission("tracing.match", system="")
MATCHER: Final = permission("tracing.matcher", supervisor="", tracing_officer="", manager="")
LEARN: Final = permission("tracing.learn", supervisor="", tracing_officer="")
DECIDE_MODEL: Final = permission("tracing.decide_model", supervisor="", manager="")
