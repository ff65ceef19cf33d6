"""A page as one reads it, in a language."""

from typing import Any


def page(client: Any, address: str, language: str = "en") -> str:
    """The text of the page at an address; the client reads this language from now on."""
    client.cookies["havre_language"] = language
    return str(client.get(address).content.decode())
