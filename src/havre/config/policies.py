"""Which policy holds in this country?

Reads `config/policy/XX.toml` for the country XX; a country without a file has the default policy.
"""

from functools import cache
from importlib.resources import files

from havre.core.policy import Policy, PolicyRefused

DEFAULT_COUNTRY = "ZZ"


@cache
def policy_for(country: str) -> Policy:
    """The policy of a country (ISO 3166-1 alpha-2, capitals), read once.

    Raises PolicyRefused when its file cannot be used or speaks for another country, ValueError when
    `country` is not a code.
    """
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise ValueError(f"{country!r} is not the code of a country: two capital letters")
    own = files("havre.config").joinpath(f"policy/{country}.toml")
    if own.is_file():
        policy = Policy.from_toml(own.read_text("utf-8"))
        if policy.country != country:
            raise PolicyRefused(f"{country}.toml is written for {policy.country}: correct its line “country”")
        return policy
    default = files("havre.config").joinpath("policy/default.toml").read_text("utf-8")
    return Policy.from_toml(default.replace(f'country = "{DEFAULT_COUNTRY}"', f'country = "{country}"', 1))


def countries_with_policy() -> tuple[str, ...]:
    """The countries that have decided on a policy of their own, in alphabetical order."""
    names = (entry.name for entry in files("havre.config").joinpath("policy").iterdir())
    return tuple(sorted(name[:2] for name in names if len(name) == 7 and name.endswith(".toml")))
