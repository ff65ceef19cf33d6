"""What can go wrong, how is it said in one plain sentence, and which HTTP status does it carry?

One class per problem. `code` is stable and public; `sentence` is the English message id with %(name)s
parameters; `params` never hold personal data. What is forbidden and what is missing look the same from
outside.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from havre.core.gates import GateResult
from havre.core.words import N_


class Problem(Exception):
    """A refusal that a person can read; raise a subclass."""

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 500
    sentence: ClassVar[str] = N_("Something went wrong. Nothing was changed.")

    def __init__(self, **params: str | int) -> None:
        self.params: dict[str, str | int] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        """The sentence in English; a missing parameter leaves its name visible rather than failing."""
        return self.sentence % _Named(self.params)


class _Named(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return key


class NothingHere(Problem):
    """The record does not exist, or the actor may not know that it does."""

    code = "nothing_here"
    status = 404
    sentence = N_("There is nothing here that you can open.")


class NotPermitted(NothingHere):
    """The actor may not do this; outside, it cannot be told from NothingHere."""


class GateRefused(Problem):
    """Safeguards are not met; `results` holds every result, met ones too."""

    code = "gate_refused"
    status = 409
    sentence = N_("This cannot be done yet. Some safeguards are not met.")

    def __init__(self, results: Iterable[GateResult]) -> None:
        super().__init__()
        self.results: tuple[GateResult, ...] = tuple(results)


class InputRefused(Problem):
    """What was typed cannot be used; `errors` maps a field ("" for the whole form) to its sentences."""

    code = "input_refused"
    status = 422
    sentence = N_("Some answers need another look.")

    def __init__(self, errors: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self.errors: dict[str, list[str]] = {name: list(said) for name, said in errors.items()}


class Disputed(Problem):
    """Two people wrote different values and nobody has chosen yet."""

    code = "disputed"
    status = 409
    sentence = N_("Two people wrote different values here. Someone must choose first.")


class KeyErased(Problem):
    """The data was destroyed on purpose: its key no longer exists."""

    code = "key_erased"
    status = 410
    sentence = N_("This information was destroyed and cannot be read again.")


class KeyMissing(Problem):
    """The key exists but is not at hand."""

    code = "key_missing"
    status = 503
    sentence = N_("The key for this information is not available now.")


class TooManyTries(Problem):
    """A budget is spent: sign-ins, searches or readings."""

    code = "too_many_tries"
    status = 429
    sentence = N_("Too many tries. Wait a while, then try again.")


class SignInFailed(Problem):
    """Unknown person, wrong secret or locked account: always the same answer."""

    code = "sign_in_failed"
    status = 401
    sentence = N_("The name, password or code is not right.")


class Conflict(Problem):
    """The record is not in a state that allows this step."""

    code = "conflict"
    status = 409
    sentence = N_("This step does not fit where the record is now.")


class ExportCapExceeded(Problem):
    """More identified rows than one person may take out; params: cap."""

    code = "export_cap_exceeded"
    status = 403
    sentence = N_("One export may hold at most %(cap)s people. A second person must agree to more.")


class AlreadyDecided(Problem):
    """Someone has decided before."""

    code = "already_decided"
    status = 409
    sentence = N_("This was already decided.")


class Unavailable(Problem):
    """A part of the system does not answer."""

    code = "unavailable"
    status = 503
    sentence = N_("This part is not available now. Your work is safe. Try again later.")


def _all(parent: type[Problem]) -> Iterator[type[Problem]]:
    for child in parent.__subclasses__():
        yield child
        yield from _all(child)


def catalogue() -> tuple[type[Problem], ...]:
    """Every problem class of the running program, in the order of declaration."""
    return tuple(_all(Problem))
