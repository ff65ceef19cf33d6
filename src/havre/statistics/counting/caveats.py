"""What must a reader of several indicators bear in mind? Each sentence once."""

from typing import Final

from havre.core.words import N_

REOPENED: Final = N_("A case that was opened again counts as never closed.")
RISK_NOW: Final = N_("The risk is the one recorded now; the deadline of the day may have been another.")
NOT_YET_DUE: Final = N_("What is not yet due is left out, unless it is done.")
MORE_WORKERS: Final = N_("A rise can mean more children, or more workers to meet them.")
OWN_FILES: Final = N_("Only files that you may open are counted; another worker may see another number.")
LATE_ENTRIES: Final = N_("Things written down late change the numbers of earlier periods.")
SMALL_NUMBERS: Final = N_("Where few children are counted, one child changes the number much.")
