"""Every action of tracing, gathered: one name for one intent."""

from havre.tracing.adults import (
    ask_panel,
    assess_border,
    assess_household,
    decide_best_interests,
    record_clearance,
    tell_child,
)
from havre.tracing.alerts import add_alert, check_alerts, clear_alert, end_alert
from havre.tracing.examining import compare_facts, decide_candidate, record_interview, reject_match, verify_match
from havre.tracing.learning import decide_model, propose_model, use_model
from havre.tracing.matching import match_person
from havre.tracing.requests import (
    add_request,
    ask_publication,
    change_request,
    decide_publication,
    end_tracing,
    open_tracing,
    record_tracing_action,
    record_wishes,
    reopen_request,
    search_now,
    trace_without_wish,
)
from havre.tracing.reunions import (
    approve_reunification,
    break_down,
    cancel_reunification,
    plan_reunification,
    record_visit,
    sign_hand_over,
)

__all__ = [
    "add_alert", "add_request", "approve_reunification", "ask_panel", "ask_publication", "assess_border", "assess_household",
    "break_down", "cancel_reunification", "change_request", "check_alerts", "clear_alert", "compare_facts",
    "decide_best_interests", "decide_candidate", "decide_model", "decide_publication", "end_alert", "end_tracing",
    "match_person", "open_tracing", "plan_reunification", "propose_model", "record_clearance", "record_interview",
    "record_tracing_action", "record_visit", "record_wishes", "reject_match", "reopen_request", "search_now", "sign_hand_over",
    "tell_child", "trace_without_wish", "use_model", "verify_match",
]
