"""Every way to change a case, gathered in one place."""

from havre.cases.assessing import record_assessment, record_views, review_risk, tell_back, weigh_views
from havre.cases.closing import approve_closure, reopen_case, request_closure, return_closure
from havre.cases.following import finish_task, put_on_hold, record_follow_up, resume
from havre.cases.jobs import mark_late
from havre.cases.planning import approve_plan, propose_plan, return_plan
from havre.cases.sealing import write_sealed_note
from havre.cases.settling import settle_value
from havre.cases.sharing import assign_case, bar_person, end_share, share_case

__all__ = [
    "approve_closure", "approve_plan", "assign_case", "bar_person", "end_share", "finish_task", "mark_late", "propose_plan",
    "put_on_hold", "record_assessment", "record_follow_up", "record_views", "reopen_case", "request_closure", "resume",
    "return_closure", "return_plan", "review_risk", "settle_value", "share_case", "tell_back", "weigh_views", "write_sealed_note"]
