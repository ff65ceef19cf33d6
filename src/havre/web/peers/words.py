"""The words of private questions: what stands on the timeline, and why a question did not arrive."""

from django.utils.translation import gettext as _

from havre.core.words import N_
from havre.exchange.peers.problems import problem_of
from havre.web.parts import reasons
from havre.web.parts.reasons import problem_words

reasons.register(events={
    "peer_asked": N_("Another instance is asked: %(peer)s."),
    "peer_possible": N_("%(peer)s may know the child: contact its focal point."),
    "peer_no": N_("%(peer)s answers: no."),
    "peer_not_asked": N_("The question to %(peer)s did not arrive. It can be sent again."),
})


def failure(code: str) -> str:
    """Why a question did not arrive, in one sentence."""
    return problem_words(problem_of(code)) if code else _("It is on its way.")
