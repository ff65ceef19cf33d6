"""The invented data of the bench: children's cases, a sparse set like the public one of CTDC, and one in the shape of the Adult census."""

from __future__ import annotations

from functools import cache

import numpy as np

from bench.statistics.network import Network, Node, Rows

CASES, SPARSE, CENSUS = 50_000, 14_299, 48_842  # rows, as the sets that figures were published for


def falling(prefix: str, number: int, power: float, *, other: float = 0.02, unknown: float = 0.03) -> dict[str, float]:
    """Weights of `number` codes that fall as 1 / rank ** power, then "other" and "not known" with their shares."""
    rank = np.arange(1, number + 1, dtype=float) ** -power
    rank *= (1 - other - unknown) / rank.sum()
    return {**{f"{prefix} {k + 1}": float(w) for k, w in enumerate(rank)}, "other": other, "not known": unknown}


def sign(yes: float, unknown: float) -> dict[str, float]:
    """Weights of a yes or no that is often not known."""
    return {"no": 1 - yes - unknown, "yes": yes, "not known": unknown}


@cache
def case_network() -> Network:
    """Children's cases, fifteen attributes."""
    age = {"0 to 4": 0.09, "5 to 9": 0.13, "10 to 13": 0.17, "14": 0.13, "15": 0.17, "16": 0.17, "17": 0.12, "not known": 0.02}
    nodes = [
        Node("nationality", falling("country", 28, 1.1)),
        Node("sex", {"boy": 0.61, "girl": 0.37, "other": 0.005, "not known": 0.015}, {"nationality": 0.35}),
        Node("age", age, {"nationality": 0.25, "sex": 0.2}),
        Node("region", falling("region", 14, 0.9), {"nationality": 1.0}),
        Node("month", {f"month {m}": 1 + 0.5 * np.cos((m - 8) / 2) for m in range(1, 13)}, {"region": 0.25}),
        Node("status", {"unaccompanied": 0.42, "separated": 0.2, "with a parent": 0.33, "other": 0.01, "not known": 0.04}, {"age": 0.9, "sex": 0.3, "nationality": 0.3},
             {("age", "0 to 4"): {"with a parent": 8, "unaccompanied": 0.1}, ("age", "17"): {"unaccompanied": 3}}),
        Node("arrival", {"sea": 0.45, "land": 0.33, "air": 0.1, "other": 0.03, "not known": 0.09}, {"region": 1.1}),
        Node("language", falling("language", 18, 1.0, other=0.04), {"nationality": 2.2}),
        Node("schooling", {"none": 0.2, "some primary": 0.3, "primary": 0.2, "some secondary": 0.13, "secondary": 0.03, "not known": 0.14}, {"age": 1.0, "nationality": 0.3, "sex": 0.25},
             {("age", "0 to 4"): {"none": 30}}),
        Node("disability", sign(0.05, 0.08), {"age": 0.15}),
        Node("violence", sign(0.16, 0.22), {"nationality": 0.4, "sex": 0.4, "status": 0.4}),
        Node("exploitation", sign(0.06, 0.2), {"violence": 1.1, "sex": 0.5, "nationality": 0.4}),
        Node("health", {"none": 0.6, "minor": 0.2, "serious": 0.06, "pregnant": 0.01, "not known": 0.13}, {"violence": 0.5, "age": 0.3},
             {("sex", "girl"): {"pregnant": 3}, ("sex", "boy"): {"pregnant": 0.001}}),
        Node("care", {"reception centre": 0.38, "foster family": 0.12, "relatives": 0.15, "own parents": 0.22, "shelter": 0.05, "none": 0.03, "other": 0.01, "not known": 0.04},
             {"status": 0.8, "region": 0.6, "age": 0.4}, {("status", "with a parent"): {"own parents": 20}, ("status", "unaccompanied"): {"own parents": 0.02}}),
        Node("outcome", {"open": 0.5, "family found": 0.13, "reunited": 0.09, "relocated": 0.08, "came of age": 0.06, "left unexplained": 0.09, "other": 0.01, "not known": 0.04},
             {"care": 0.6, "region": 0.3, "age": 0.4}, {("age", "17"): {"came of age": 10}}),
    ]  # fmt: skip
    return Network("cases", nodes, 20_261)


@cache
def sparse_network() -> Network:
    """Identified victims, ten attributes. The organisation that told of each, which is hidden, decides where they come from and what was asked at all: most rows
    crowd into few cells, and many cells hold few."""
    unknown = {("source", f"source {k}"): {"not known": 0.02 if k % 3 else 30.0} for k in range(1, 13)}
    asked = {("source", f"source {k}"): {"not known": 0.02 if k % 3 == 1 else 60.0} for k in range(1, 13)}
    nodes = [
        Node("source", {f"source {k}": k**-1.0 for k in range(1, 13)}, hidden=True),
        Node("citizenship", falling("country", 46, 0.7, other=0.01, unknown=0.1), {"source": 2.6}),
        Node("year", {str(year): 0.3 + (year - 2001) / 8 for year in range(2002, 2020)}, {"source": 2.0, "citizenship": 0.7}),
        Node("gender", {"female": 0.68, "male": 0.3, "not known": 0.02}, {"source": 1.6, "citizenship": 0.7}),
        Node("age", {"0 to 8": 0.05, "9 to 17": 0.2, "18 to 20": 0.1, "21 to 23": 0.08, "24 to 26": 0.07, "27 to 29": 0.06, "30 to 38": 0.12, "39 to 47": 0.06, "48 and over": 0.02,
                     "not known": 0.24}, {"source": 1.2, "gender": 0.4}, unknown),
        Node("place", falling("country", 42, 0.7, other=0.01, unknown=0.2), {"source": 2.6, "citizenship": 1.5}),
        Node("exploitation", {"forced labour": 0.26, "sexual": 0.3, "both": 0.03, "marriage": 0.02, "slavery": 0.02, "other": 0.04, "not known": 0.33}, {"source": 2.0, "gender": 1.2}, unknown),
        Node("control", {"debt": 0.04, "earnings taken": 0.07, "violence": 0.06, "psychological": 0.1, "movement": 0.07, "documents": 0.04, "several": 0.12, "other": 0.02, "not known": 0.48},
             {"source": 1.6, "exploitation": 1.2}, asked),
        Node("sector", falling("sector", 12, 0.9, other=0.03, unknown=0.55), {"source": 1.6, "exploitation": 1.6}, asked),
        Node("recruiter", {"stranger": 0.09, "friend": 0.09, "partner": 0.05, "relative": 0.07, "other": 0.03, "not known": 0.67}, {"source": 1.4, "gender": 0.6}, asked),
        Node("abducted", {"no": 0.3, "yes": 0.02, "not known": 0.68}, {"source": 1.5}, asked),
    ]  # fmt: skip
    return Network("sparse", nodes, 20_262, sharpness=1.8)


@cache
def census_network() -> Network:
    """A census like Adult: its attributes, their codes, shares and plainest dependences; invented otherwise."""
    school = dict(zip(("HS-grad", "Some-college", "Bachelors", "Masters", "Assoc-voc", "11th", "Assoc-acdm", "10th", "7th-8th", "Prof-school", "9th", "12th", "Doctorate", "5th-6th",
                       "1st-4th", "Preschool"), (0.323, 0.223, 0.164, 0.054, 0.042, 0.037, 0.033, 0.028, 0.02, 0.017, 0.015, 0.013, 0.012, 0.01, 0.005, 0.002), strict=True))  # fmt: skip
    work = dict(zip(("Prof-specialty", "Craft-repair", "Exec-managerial", "Adm-clerical", "Sales", "Other-service", "Machine-op", "not known", "Transport", "Handlers", "Farming", "Tech-support",
                     "Protective", "Priv-house", "Armed-Forces"), (0.126, 0.125, 0.125, 0.115, 0.113, 0.101, 0.062, 0.0575, 0.048, 0.042, 0.03, 0.03, 0.02, 0.005, 0.0004), strict=True))  # fmt: skip
    abroad = falling("country", 39, 0.9, other=0.0001, unknown=0.16)
    high = ("Bachelors", "Masters", "Doctorate", "Prof-school")
    nodes = [
        Node("age", dict(zip((f"{a} to {a + 4}" for a in range(15, 90, 5)), (0.05, 0.12, 0.125, 0.13, 0.135, 0.12, 0.1, 0.08, 0.055, 0.04, 0.022, 0.012, 0.006, 0.003, 0.001), strict=True))),
        Node("sex", {"Male": 0.67, "Female": 0.33}, {"age": 0.1}),
        Node("race", {"White": 0.855, "Black": 0.096, "Asian": 0.031, "Indian": 0.01, "other": 0.008}, {"sex": 0.15}, {("sex", "Female"): {"Black": 1.7}}),
        Node("country", {"United States": 8.8, **abroad}, {"race": 0.6}, {("race", "Asian"): {"United States": 0.05}, ("race", "other"): {"United States": 0.15}}),
        Node("education", school, {"age": 0.4, "race": 0.2, "country": 0.5}, {("age", "15 to 19"): {"11th": 12, "10th": 10, "12th": 6, **dict.fromkeys(high, 0.01)}}),
        Node("marital", {"Married-civ": 0.458, "Never-married": 0.33, "Divorced": 0.136, "Separated": 0.031, "Widowed": 0.031, "Spouse-absent": 0.013, "Married-AF": 0.001}, {"age": 0.4, "sex": 0.2},
             {("age", "15 to 19"): {"Married-civ": 0.02, "Divorced": 0.02}, ("age", "20 to 24"): {"Married-civ": 0.25}, ("sex", "Male"): {"Married-civ": 2.2},
              **{("age", f"{a} to {a + 4}"): {"Widowed": 12.0, "Never-married": 0.15} for a in range(60, 90, 5)}}),
        Node("relationship", {"Husband": 0.1, "Not-in-family": 0.258, "Own-child": 0.155, "Unmarried": 0.105, "Wife": 0.05, "other": 0.031}, {"marital": 0.2, "age": 0.3, "sex": 0.1},
             {("marital", "Married-civ"): {"Husband": 400, "Wife": 400, "Not-in-family": 0.02, "Unmarried": 0.01, "Own-child": 0.1}, ("sex", "Male"): {"Wife": 0.0003},
              ("sex", "Female"): {"Husband": 0.0001}, ("age", "15 to 19"): {"Own-child": 12}, ("age", "20 to 24"): {"Own-child": 4},
              **{("marital", m): {"Husband": 1e-5, "Wife": 1e-5} for m in ("Never-married", "Divorced", "Separated", "Widowed", "Spouse-absent")}}),
        Node("workclass", {"Private": 0.694, "Self-emp": 0.079, "Local-gov": 0.064, "not known": 0.057, "State-gov": 0.041, "Self-emp-inc": 0.035, "Federal-gov": 0.029, "Without-pay": 0.0004,
                           "Never-worked": 0.0002}, {"age": 0.4, "education": 0.35, "sex": 0.2}),
        Node("occupation", work, {"education": 0.8, "sex": 0.7, "workclass": 0.6}, {("workclass", "not known"): {"not known": 5e4}, ("workclass", "Private"): {"not known": 1e-5},
             **{("education", e): {"Prof-specialty": 6.0, "Exec-managerial": 2.5} for e in high}}),
        Node("hours", {"1 to 9": 0.014, "10 to 19": 0.035, "20 to 29": 0.068, "30 to 34": 0.04, "35 to 39": 0.06, "40": 0.467, "41 to 45": 0.07, "46 to 50": 0.095, "51 to 60": 0.1,
                       "61 and over": 0.05}, {"age": 0.4, "sex": 0.3, "workclass": 0.4, "occupation": 0.35}),
        Node("income", {"up to 50K": 0.83, "over 50K": 0.17}, {"education": 0.3, "occupation": 0.3, "age": 0.3, "hours": 0.2},
             {("marital", "Married-civ"): {"over 50K": 5}, ("age", "15 to 19"): {"over 50K": 0.01}, ("age", "20 to 24"): {"over 50K": 0.05}, **{("education", e): {"over 50K": 4.0} for e in high}}),
        Node("gain", {"none": 0.93, "to 2K": 0.008, "to 4K": 0.018, "to 6K": 0.01, "to 8K": 0.014, "to 15K": 0.008, "to 30K": 0.005, "over 30K": 0.003}, {"age": 0.3},
             {("income", "over 50K"): {"to 8K": 10, "to 15K": 10, "to 30K": 10, "over 30K": 10}}),
        Node("loss", {"none": 0.957, "to 1500": 0.006, "to 1700": 0.01, "to 1900": 0.014, "to 2100": 0.008, "over 2100": 0.005}, {"education": 0.2}, {("income", "over 50K"): {"to 1900": 3, "to 2100": 3}}),
    ]  # fmt: skip
    return Network("census", nodes, 20_263)


def cases(rows: int = CASES, seed: int = 1) -> Rows:
    """Children's cases: fifteen attributes, skewed, dependent."""
    return case_network().sample(rows, seed)


def sparse(rows: int = SPARSE, seed: int = 1) -> Rows:
    """A sparse set like CTDC's: ten attributes, long code lists, much not known."""
    return sparse_network().sample(rows, seed)


def census(rows: int = CENSUS, seed: int = 1) -> Rows:
    """A census in the shape of Adult: thirteen attributes."""
    return census_network().sample(rows, seed)
