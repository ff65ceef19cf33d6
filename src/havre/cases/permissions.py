"""Who may do what to a case? One line per permission; relations are those of `access.decide`."""

from havre.access.decide import permission

LIST = permission("cases.list", caseworker="", supervisor="", tracing_officer="", manager="", auditor="")
TODAY = permission("cases.today", caseworker="", supervisor="", tracing_officer="", manager="", focal_point="", analyst="", panel_member="")
READ = permission("cases.read", caseworker="assigned shared", supervisor="team assigned shared",
                  tracing_officer="assigned shared", panel_member="panel", manager="agency shared", auditor="agency",
                  system="")
VIEWS = permission("cases.record_views", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
ASSESS = permission("cases.assess", caseworker="assigned", supervisor="team assigned")
PLAN = permission("cases.plan", caseworker="assigned", supervisor="team assigned")
APPROVE = permission("cases.approve", supervisor="team")
FOLLOW_UP = permission("cases.follow_up", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
REVIEW = permission("cases.review_risk", caseworker="assigned", supervisor="team assigned")
ASSIGN = permission("cases.assign", supervisor="team")
SHARE = permission("cases.share", caseworker="assigned", supervisor="team")
BAR = permission("cases.bar", supervisor="team", manager="agency")
SEAL = permission("cases.seal_note", caseworker="assigned", supervisor="team assigned", tracing_officer="assigned")
OPEN_NOTE = permission("cases.open_note", caseworker="assigned shared", supervisor="team assigned shared",
                       tracing_officer="assigned shared", panel_member="panel")
FINISH = permission("cases.finish_task", caseworker="assigned shared", supervisor="team assigned shared",
                    tracing_officer="assigned shared", manager="agency")
CLOSE = permission("cases.request_closure", caseworker="assigned", supervisor="team assigned")
REOPEN = permission("cases.reopen", supervisor="team")
HOLD = permission("cases.hold", caseworker="assigned", supervisor="team assigned")
MARK_LATE = permission("cases.mark_late", system="")
