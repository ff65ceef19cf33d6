"""Everything that statistics writes, as actions."""

from havre.statistics.context import load_context
from havre.statistics.releases.asking import answer_question, ask, refuse_question
from havre.statistics.releases.deciding import approve_release, read_decision, return_release, withdraw_release
from havre.statistics.releases.measuring import measure_release, refuse_release
from havre.statistics.releases.planning import discard_release, plan_release, rewrite_release, submit_release
from havre.statistics.releases.publishing import publish_release

__all__ = [
    "answer_question",
    "approve_release",
    "ask",
    "discard_release",
    "load_context",
    "measure_release",
    "plan_release",
    "publish_release",
    "read_decision",
    "refuse_question",
    "refuse_release",
    "return_release",
    "rewrite_release",
    "submit_release",
    "withdraw_release",
]
