"""What do the people of the story type in, and what has happened so far? Invented, from the world of the demonstration."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from havre.demo.world.story import Story, story

STORY: Final[Story] = story()
NAMES: Final = ("Selam", "ሰላም", "Tesfay", "ተስፋይ", "Dawit", "ዳዊት", "Letebrhan", "ለተብርሃን", "Hagos", "سلام", "تسفاي", "Kessete")
HOME: Final = "Hamus Wuha, Nigat Wenz, Nigat"
LOST_AT: Final = "Wad Nuri, Wad Fanus, East Samrat"
TEAM: Final = "Sabil, Gedaref"


@dataclass
class Tale:
    """The codes that the story has brought forth: they stand in addresses, and name nobody."""

    receipt: str = ""
    case: str = ""
    request: str = ""
    match: str = ""

    def of_case(self, rest: str = "") -> str:
        """An address of the child's case."""
        return f"/case/{self.case}/{rest}"

    def of_match(self, rest: str = "") -> str:
        """An address of the match of both sides."""
        return f"/tracing/match/{self.match}/{rest}"


def day(after: int = 0) -> str:
    """A day from today on, typed as people type it."""
    when = date.today() + timedelta(days=after)
    return f"{when.day} {when.month} {when.year}"
