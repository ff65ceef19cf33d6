"""Can every policy file be used, and does the default say what the code holds?"""

from pathlib import Path

import pytest

from havre.config import policies
from havre.core.policy import Policy, PolicyRefused

FOLDER = Path(policies.__file__).with_name("policy")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_policy_file_loads_and_speaks_for_its_country(path: Path) -> None:
    policy = Policy.from_toml(path.read_text("utf-8"))
    assert policy.country == ("ZZ" if path.stem == "default" else path.stem)


def test_the_default_file_says_what_the_code_holds() -> None:
    assert Policy.from_toml((FOLDER / "default.toml").read_text("utf-8")) == Policy(country="ZZ")


def test_the_default_file_names_every_number_of_a_policy() -> None:
    text = (FOLDER / "default.toml").read_text("utf-8")
    unsaid = [name for name in Policy.__dataclass_fields__ if name not in text]
    assert unsaid == []


def test_a_country_has_its_own_policy() -> None:
    assert policies.countries_with_policy() == ("ET", "SD")
    assert policies.policy_for("SD").follow_up_days["high"] == (2, 7, 14, 30, 90)
    assert policies.policy_for("SD").authority_clearance_required == {"reunification"}
    assert policies.policy_for("ET").household_assessment_max_age_days == 21


def test_a_country_without_a_file_has_the_default_under_its_own_name() -> None:
    policy = policies.policy_for("TD")
    assert policy.country == "TD"
    assert policy.deadlines_hours == Policy(country="TD").deadlines_hours


@pytest.mark.parametrize("code", ["", "sd", "SDN", "..", "ÉT"])
def test_what_is_not_a_country_has_no_policy(code: str) -> None:
    with pytest.raises(ValueError, match="two capital letters"):
        policies.policy_for(code)


def test_a_file_for_another_country_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "KE.toml").write_text('country = "UG"', "utf-8")
    monkeypatch.setattr(policies, "files", lambda package: tmp_path)
    with pytest.raises(PolicyRefused, match=r"KE\.toml is written for UG"):
        policies.policy_for("KE")
