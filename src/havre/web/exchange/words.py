"""How are the codes of the exchange said? What refused a row, what happened, why an export stopped."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from havre.core.gates import CATALOGUE
from havre.core.words import N_
from havre.reference import codes
from havre.web.parts import fixes, reasons
from havre.web.screening.words import lang
from havre.web.today import kinds

STATUS: Final = {
    "uploaded": N_("Columns to be named"), "mapped": N_("To be tried"), "trying": N_("Being tried"), "tried": N_("Tried, not imported"),
    "importing": N_("Being imported"), "imported": N_("Imported"), "undone": N_("Undone"), "discarded": N_("Thrown away"),
}
KINDS: Final = {"children": N_("Children"), "requests": N_("Tracing requests")}

reasons.register(
    reasons={
        "no_recipient": N_("Nobody is named who will receive this."),
        "no_agreement": N_("The recipient has no agreement on protecting these data."),
        "profile_does_not_fit": lambda params: _("These fields may not leave for this purpose: %(purpose)s.") % {
            "purpose": codes.label("consent_purpose", str(params.get("purpose", "")), lang())},
        "no_purpose": N_("Nobody has written why this has to leave."),
        "second_person_needed": N_("More than %(cap)s children: a second person must agree."),
    },
    events={
        "import_uploaded": N_("File taken in, sealed."), "import_mapped": N_("Columns named."), "import_tried": N_("Import tried; nothing kept."),
        "import_refused": N_("Import refused; nothing kept."), "import_done": N_("Import done."), "import_failed": N_("Import could not be carried out."),
        "import_undone": N_("Import undone."), "import_discarded": N_("File thrown away."), "export_made": N_("Export made."),
        "export_fetched": N_("Export fetched."), "withdrawn_with_import": N_("Withdrawn: the import that brought it was undone."),
        "taken_out": lambda params: _("Taken out in an export: %(purpose)s.") % {
            "purpose": codes.label("consent_purpose", str(params.get("purpose", "")), lang())},
    },
    evidence={"own_use": N_("For one’s own work."), "agreement": N_("The recipient has an agreement."),
              **{purpose: N_("The purpose is written.") for purpose in ("share_for_services", "share_with_unhcr", "share_with_authorities",
                                                                        "tracing_disclosure", "cross_border_transfer",
                                                                        "case_management_participation")}},
)
kinds.register(pages={"import": kinds.Where("exchange:import")})
fixes.register({"export": fixes.Fix(N_("Look at the answers"), "exchange:export")})


def issue(said: Mapping[str, Any]) -> str:
    """What to do about a row, in one sentence or two."""
    params, gate, sentence = said.get("params") or {}, said.get("gate"), said.get("sentence", "")
    if gate:
        title = CATALOGUE[gate].title
        return f"{reasons.REASONS.say(said['reason'], params, default=_(title))} ({gate})"
    return reasons.fill(_(sentence), params)
