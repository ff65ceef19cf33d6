"""Splink's models of a tracing register: as its documentation teaches, and with our keys, our levels and true labels."""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import SettingsCreator, block_on

NAMES = ("given", "father", "grandfather", "mother", "family")


def default() -> SettingsCreator:
    """Names as written by Jaro–Winkler, date and year of birth, sex, place; blocking on the usual pairs of columns."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(compare.NameComparison(name) for name in NAMES),
            compare.ExactMatch("sex"),
            _born(),
            compare.ExactMatch("region"),
            compare.JaroWinklerAtThresholds("village", [0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given", "father"), block_on("given", "mother"), block_on("given", "grandfather"), block_on("given", "family"),
            block_on("father", "mother", "sex"), block_on("given", "born_year", "region"), block_on("born_on", "region"),
        ],
        retain_matching_columns=False,
    )  # fmt: skip


def _born() -> Any:
    return compare.CustomComparison([
        levels.NullLevel("born_year"),
        levels.CustomLevel("born_on_l = born_on_r", "same day"),
        levels.CustomLevel("born_first_l <= born_last_r and born_first_r <= born_last_l", "spans meet"),
        levels.CustomLevel("born_first_l <= born_last_r + 1 and born_first_r <= born_last_l + 1", "within a year"),
        levels.CustomLevel("born_first_l <= born_last_r + 2.5 and born_first_r <= born_last_l + 2.5", "within two and a half years"),
        levels.ElseLevel(),
    ], output_column_name="born")  # fmt: skip


def _spelled(name: str) -> Any:
    return compare.CustomComparison([
        levels.NullLevel(f"{name}_latin"),
        levels.ExactMatchLevel(f"{name}_latin", term_frequency_adjustments=True),
        levels.CustomLevel(f"{name}_key_l = {name}_key_r and jaro_winkler_similarity({name}_latin_l, {name}_latin_r) >= 0.85", "same sound, like letters"),
        levels.JaroWinklerLevel(f"{name}_latin", 0.92),
        levels.CustomLevel(f"{name}_key_l = {name}_key_r", "same sound"),
        levels.JaroWinklerLevel(f"{name}_latin", 0.82),
        levels.ElseLevel(),
    ], output_column_name=name)  # fmt: skip


def strong() -> SettingsCreator:
    """Romanised names by sound and letters with frequencies, spans of birth, places and siblings; blocking on pairs of phonetic keys."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(_spelled(name) for name in NAMES),
            compare.ExactMatch("sex"),
            _born(),
            compare.ExactMatch("region"),
            _spelled("village"),
            compare.ArrayIntersectAtSizes("sibling_keys", [2, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given_key", "father_key"), block_on("given_key", "mother_key"), block_on("given_key", "grandfather_key"),
            block_on("given_key", "family_key"), block_on("given_key", "village_key"), block_on("father_key", "mother_key", "sex"),
            block_on("father_key", "grandfather_key", "region", "sex"), block_on("given_key", "born_year", "region", "sex"),
            {"blocking_rule": "l.given_key = r.father_key and l.father_key = r.given_key", "sql_dialect": "duckdb"},
        ],
        retain_matching_columns=False,
    )  # fmt: skip
