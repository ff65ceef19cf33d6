"""Words of the gallery's own invented safeguards, and the usual example of an area's `words.py`."""

from havre.core.words import N_
from havre.web.parts import fixes, reasons

reasons.register(
    reasons={
        "gallery_interviews": N_("Her interview is done. The relative has not been interviewed."),
        "gallery_border": N_("Nobody has assessed what she would face across the border. “Not sure” blocks too."),
        "gallery_interpreter": N_("The interpreter has not signed the undertaking."),
    }
)
fixes.register({"gallery": fixes.Fix(N_("Review the possible match"), "parts:gallery")})
