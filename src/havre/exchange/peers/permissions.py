"""Who may ask another instance, who sees how often that happens, and what only the system does?"""

from typing import Final

from havre.access.decide import permission

ASK: Final = permission("exchange.ask_peer", tracing_officer="assigned")
COUNTS: Final = permission("exchange.peer_counts", supervisor="", manager="")
MANAGE: Final = permission("exchange.manage_peers", system="")
OFFER: Final = permission("exchange.offer_to_peer", system="")
ANSWER: Final = permission("exchange.answer_peer", system="")
CARRY: Final = permission("exchange.carry_question", system="")
