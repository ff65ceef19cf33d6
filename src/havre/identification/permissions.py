"""Who may meet a child at first contact, and who receives what was sent?"""

from typing import Final

from havre.access.decide import permission

SCREEN: Final = permission("identification.screen", border_officer="")
LIST: Final = permission("identification.list", caseworker="", supervisor="")
READ: Final = permission("identification.read", caseworker="assigned", supervisor="team assigned")
TAKE: Final = permission("identification.take", caseworker="assigned", supervisor="team assigned")
