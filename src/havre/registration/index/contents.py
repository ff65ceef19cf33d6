"""What is sealed in an entry? The form that the compiled evidence weighs, and the description itself as JSON.

    1 | how forms are made (8 bytes) | length of the form (4) | form | JSON

A form is empty for a person too odd for numbers. Entries of before hold JSON alone, which begins with a brace.
"""

from functools import cache
from struct import Struct, error
from typing import Final, NamedTuple

from havre import linkage
from havre.linkage.evidence.compiled.portable import made_as, portable
from havre.linkage.prepared import read_json
from havre.linkage.warming import INVENTED

HEAD: Final = Struct(">B8sI")
LAYOUT: Final = 1


class Contents(NamedTuple):
    """What an entry holds. `form` is None where it was made otherwise, by an older matcher or not at all."""

    form: bytes | None
    text: bytes

    def person(self) -> linkage.Prepared | None:
        """The person, read through; None where there is no description."""
        try:
            return read_json(self.text.decode())
        except ValueError:
            return None


def sealed(described: linkage.Description) -> bytes:
    """The bytes to seal for a person."""
    form = portable(linkage.prepare(described))
    return HEAD.pack(LAYOUT, forms_as(), len(form)) + form + described.to_json().encode()


def read(held: bytes) -> Contents | None:
    """What was sealed, in this form or that of before; None where it is neither."""
    if held.startswith(b"{"):
        return Contents(None, held)
    try:
        layout, made, length = HEAD.unpack_from(held)
    except error:
        return None
    if layout != LAYOUT:
        return None
    end = HEAD.size + length
    return Contents(held[HEAD.size:end] if made == forms_as() else None, held[end:])


@cache
def forms_as() -> bytes:
    """How forms are made by this matcher: 8 bytes."""
    return made_as(INVENTED)
