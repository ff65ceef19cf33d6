"""`python -m bench.linkage.peers.splink_dedupe FILE OUT`: the historical figures by the model that Splink documents for them."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as compare
from pyarrow import parquet
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage.peers.figures import tell

RULES = (
    ("substr(first_name,1,3)", "substr(surname,1,4)"), ("surname", "dob"), ("first_name", "dob"), ("postcode_fake", "first_name"),
    ("postcode_fake", "surname"), ("dob", "birth_place"), ("substr(postcode_fake,1,3)", "dob"), ("substr(postcode_fake,1,3)", "first_name"),
    ("substr(postcode_fake,1,3)", "surname"), ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
)  # fmt: skip


def main(file: Path, out: Path) -> None:
    """Train without labels, predict, write the pairs, tell."""
    start = time.perf_counter()
    link = duckdb.connect()
    link.execute("set threads to 2").fetchall()
    api = DuckDBAPI(link)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_and_surname"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.CustomComparison([
                levels.NullLevel("postcode_fake"), levels.ExactMatchLevel("postcode_fake"), levels.LevenshteinLevel("postcode_fake", 2), levels.ElseLevel(),
            ], output_column_name="postcode_fake"),
            compare.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            compare.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        retain_matching_columns=False,
    )  # fmt: skip
    linker = Linker(api.register(parquet.read_table(file)), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "surname", "dob"), block_on("first_name", "postcode_fake", "dob")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=7)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.001).physical_name
    link.execute(f"copy (select unique_id_l as left_id, unique_id_r as right_id, match_probability as score from {found}) to '{out}' (format parquet)").fetchall()
    tell(wall_s=time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
