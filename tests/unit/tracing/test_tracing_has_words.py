"""Every code that tracing gives to people has its words: reasons, evidence, events, tasks and why then."""

import re
from pathlib import Path

from havre.tracing import rules, states
from havre.web.parts import fixes, reasons
from havre.web.today import kinds
from havre.web.tracing import evidence, words

HOME = Path(rules.__file__).parent
CODE = "".join(p.read_text("utf-8") for p in sorted(HOME.glob("*.py")))


def test_each_reason_and_each_fix_of_a_safeguard_has_words() -> None:
    said = set(re.findall(r'unmet\("G\d\d", "(\w+)"', CODE))
    said |= {f"child_said_{w}" for w in ("no", "later", "unsure")} | {f"border_{r}" for r in ("risk_found", "unclear")}
    said |= {f"{r}_{side}" for r in ("consent_missing_tracing", "consent_refused_tracing") for side in ("child", "adult")}
    said |= set(re.findall(r'"(publication_\w+)" if|else "(publication_\w+)"', CODE)[0]) - {""}
    assert len(said) > 45
    assert said - set(reasons.REASONS.known) == set()
    fix = set(re.findall(r'fix="(\w+)"', CODE))
    assert fix - set(fixes.FIXES) - {"interview", "approve_publication"} == set()


def test_each_piece_that_shows_a_met_safeguard_has_words() -> None:
    shown = set(re.findall(r'(?<!un)met\("G\d\d", "(\w+)"', CODE))
    assert len(shown) > 10 and shown - set(reasons.EVIDENCE.known) == set()


def test_each_event_has_words() -> None:
    noted = set(re.findall(r'\.note\("(\w+)"', CODE)) | set(re.findall(r'note="(\w+)"', CODE))
    assert len(noted) > 30 and noted - set(reasons.EVENTS.known) == set()


def test_each_task_says_what_and_why() -> None:
    asked = set(re.findall(r'kind="(\w+)"', CODE)) - {"full", "given"} | {"hear_child", "hear_adult"}
    why = set(re.findall(r'why="(\w+)"', CODE))
    assert len(asked) > 8 and asked - set(kinds.TASKS.known) == set()
    assert len(why) > 8 and why - set(kinds.WHYS.known) == set()


def test_each_rule_code_has_words() -> None:
    assert set(rules.SECRET_QUESTIONS) == set(words.QUESTIONS)
    assert set(rules.RED_FLAGS) == set(words.RED_FLAGS)
    assert set(rules.ALERT_KINDS) == set(words.ALERT_KINDS)
    assert set(states.MATCH.states()) <= set(words.MATCH_STATES)
    assert set(states.REUNIFICATION.states()) <= set(words.REUNION_STATES)
    assert {s.value for s in rules.CandidateStatus} == set(words.STATUSES)


def test_each_level_of_evidence_has_a_note() -> None:
    from havre.linkage.explain import REASONS
    for code in REASONS:
        name = next(f for f in sorted(evidence.FIELDS, key=len, reverse=True) if code.startswith(f"{f}_"))
        level = code.removeprefix(f"{name}_")
        assert level == "missing" or level in evidence.NOTES[name], code
