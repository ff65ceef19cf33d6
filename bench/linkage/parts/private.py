"""Private questions between two instances: how many children are found, how many answers are wrong, what can guessing win?

Who guesses knows the names, places and ages of half the register and asks for the keys most usual there, or knows some of a
child's names and tries the rest. Keys are compared in the open here: the intersection itself only hides them.
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from bench.linkage.setting import Setting, goal, say
from havre.linkage import Description, read_through
from havre.linkage.private import MOST_KEYS, answer, ask, bits_for, offer, private_keys, read

SECRET = b"an invented secret of 32 bytes.."
QUESTIONS_A_DAY = 20
CASES = (1, QUESTIONS_A_DAY, 1000)  # questions of one who guesses


def _shares(rows: Iterable[tuple[str, bool]]) -> dict[str, float]:
    found: dict[str, list[bool]] = defaultdict(list)
    for name, right in rows:
        found[name].append(right)
    return {name: round(sum(values) / len(values), 3) for name, values in sorted(found.items())}


def guessed(keys: list[frozenset[bytes]]) -> dict[str, float]:
    """Children of the second half confirmed, for each 100,000 there, by guessing the keys most usual in the first."""
    half = len(keys) // 2
    usual = [key for key, _ in Counter(key for found in keys[:half] for key in found).most_common(MOST_KEYS * max(CASES))]
    holders: dict[bytes, list[int]] = defaultdict(list)
    for child, found in enumerate(keys[half:]):
        for key in found:
            holders[key].append(child)
    out = {}
    for questions in CASES:
        children = {child for key in usual[: questions * MOST_KEYS] for child in holders.get(key, ())}
        out[f"{questions} questions"] = round(1e5 * len(children) / max(len(keys) - half, 1), 1)
    return out


def targeted(children: list[Description], bits: float, known: frozenset[str], rng: random.Random) -> float:
    """Share of children confirmed in one question by one who knows the names of kinds `known` as registered, and guesses sex and year."""
    won = 0
    for child in children:
        names = tuple(name for name in child.names if name.kind in known)
        tries: set[bytes] = set()
        for sex in ("female", "male"):
            for age in range(1, 18, 2):
                guess = Description(names=names, sex=sex, age_min=float(age), age_max=float(age), recorded_on=child.recorded_on)
                tries |= private_keys(read_through(guess), SECRET, "index", bits)
        asked = set(rng.sample(sorted(tries), min(MOST_KEYS, len(tries))))
        won += bool(asked & private_keys(read_through(child), SECRET, "index", bits))
    return round(won / max(len(children), 1), 3)


def run(setting: Setting) -> dict[str, Any]:
    """Measure on a register of 20,000 (quick) or 100,000 children."""
    rows, questions = (20_000, 1_500) if setting.quick else (100_000, 4_000)
    register = setting.asked(rows, questions)
    held, sought = (list(register.descriptions(side)) for side in ("left", "right"))
    about = [register.columns(f"{side}_about") for side in ("left", "right")]
    bits = bits_for(rows)
    start = time.perf_counter()
    keys = [private_keys(read_through(child), SECRET, "index", bits) for child in held]
    each = (time.perf_counter() - start) / len(held)
    holders: dict[bytes, set[int]] = defaultdict(set)
    for child, found in enumerate(keys):
        for key in found:
            holders[key].add(child)
    where = {person: child for child, person in enumerate(about[0]["person"])}
    present, absent, families, strangers = [], [], 0, 0
    for k, child in enumerate(sought):
        hits = {c for key in private_keys(read_through(child), SECRET, "query", bits) for c in holders.get(key, ())}
        own = where.get(about[1]["person"][k])
        kin = {c for c in hits if about[0]["family"][c] == about[1]["family"][k]}
        if own is None:
            absent.append(("of a family that is there" if kin else "of strangers", bool(hits)))
            families, strangers = families + bool(kin), strangers + bool(hits - kin)
        else:
            present.append((k, own in hits))
    by_group = _shares((about[1]["group"][k], right) for k, right in present)
    by_script = _shares((" – ".join(sorted((about[0]["script"][where[about[1]["person"][k]]], about[1]["script"][k]))), right) for k, right in present)
    say(f"keys {sum(map(len, keys)) / len(keys):.1f} a child at {bits} bits, {1e6 * each:.0f} µs a child")
    wrong = {"absent asked": len(absent), "a brother or sister is there": round(families / len(absent), 4), "a stranger": round(strangers / len(absent), 4)}
    rng = random.Random(3)
    order = rng.sample(range(len(keys)), len(keys))
    guesses = guessed([keys[i] for i in order])
    some = rng.sample(held, 400)
    one_question = {
        "own and father's name": targeted(some, bits, frozenset({"given", "father"}), rng),
        "own, father's and grandfather's or family name": targeted(some, bits, frozenset({"given", "father", "grandfather", "family"}), rng),
        "all names": targeted(some, bits, frozenset(name.kind for child in some for name in child.names), rng),
    }
    recall = sum(right for _, right in present) / len(present)
    worst = min(by_group, key=lambda name: by_group[name])
    day = guesses[f"{QUESTIONS_A_DAY} questions"]
    return {
        "goals": [
            goal("linkage.private.recall", "children found in the worst language group, told without a target", {worst: by_group[worst]}, None),
            goal("linkage.private.strangers", "absent children answered with a stranger, told without a target", wrong["a stranger"], None),
            goal("linkage.private.guessing", f"children of 100,000 confirmed in {QUESTIONS_A_DAY} questions, told without a target", day, None),
        ],
        "children": len(held), "bits": bits, "keys_each": round(sum(map(len, keys)) / len(keys), 1), "without_keys": round(sum(not k for k in keys) / len(keys), 4),
        "recall": round(recall, 3), "by_group": by_group, "by_script": by_script, "wrong": wrong, "guessed_of_100000": guesses,
        "confirmed_in_one_question_knowing": one_question, "messages": _messages(keys, bits),
    }  # fmt: skip


def _messages(keys: list[frozenset[bytes]], bits: float) -> dict[str, float]:
    """Time and size of an offer of 2,000 children and of one question on it."""
    some = [key for found in keys[:2000] for key in found]
    start = time.perf_counter()
    made = offer(some, bits)
    making = time.perf_counter() - start
    start = time.perf_counter()
    question = ask(list(dict.fromkeys(some))[:MOST_KEYS])
    told = read(question, made.message, answer(made.key, question.request))
    return {"keys_a_second": round(len(some) / making), "bytes_a_key": round(len(made.message) / len(some), 1),
            "question_ms": round(1000 * (time.perf_counter() - start), 1), "answer": told}  # fmt: skip


