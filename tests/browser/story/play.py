"""The acts of the story in their order."""

from collections.abc import Callable
from typing import Final

from tests.browser.story import border, casework, going_home, registering, searching
from tests.browser.story.stage import Stage
from tests.browser.story.told import Tale

ACTS: Final[tuple[Callable[[Stage, Tale], None], ...]] = (
    border.first_contact, border.intake, registering.search, registering.register, casework.assess, casework.plan,
    searching.wishes, searching.outsiders, searching.request, searching.found, searching.hear, searching.compare,
    going_home.closing_too_early, going_home.look_into, going_home.alert_list, going_home.panel, going_home.hand_over,
    going_home.follow_up, going_home.close, going_home.break_down,
)
