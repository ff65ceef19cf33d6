"""What can go wrong between two instances, each in one plain sentence that is true on either side."""

from havre.core.problems import Problem, catalogue
from havre.core.words import N_


class PeerUnreachable(Problem):
    """The other instance does not answer, or answers something else than agreed."""

    code = "peer_unreachable"
    status = 502
    sentence = N_("The other instance cannot be reached. Nothing is lost: send the question again later.")


class PeerNotUnderstood(Problem):
    """A message has not the agreed form, or its answer is not proven to be the peer's."""

    code = "peer_not_understood"
    status = 422
    sentence = N_("The two instances do not understand each other. Both should run the same version of Havre.")


class PeerUnknown(Problem):
    """No peer has this secret, or the proof is not made with it."""

    code = "peer_unknown"
    status = 401
    sentence = N_("The other instance does not recognise this one: the shared secret differs. Their administrators must agree on one.")


class PeerClock(Problem):
    """The time of a message is more than five minutes away."""

    code = "peer_clock"
    status = 401
    sentence = N_("The clocks of the two instances differ by more than five minutes. An administrator must set them right.")


class PeerRepeated(Problem):
    """A message that was received before."""

    code = "peer_repeated"
    status = 409
    sentence = N_("This message was received before. It is not taken a second time.")


class PeerLimitReached(Problem):
    """The questions of a day are used up; `retry_after` is in seconds, to the next day (UTC)."""

    code = "peer_limit"
    status = 429
    sentence = N_("No more questions between these two instances today. Send it again tomorrow.")

    def __init__(self, retry_after: int = 0) -> None:
        super().__init__()
        self.retry_after = retry_after


class PeerNoOffer(Problem):
    """The holder has not prepared its register for this peer yet."""

    code = "peer_no_offer"
    status = 503
    sentence = N_("The other instance is not ready for questions yet; it prepares at night. Send the question again tomorrow.")


class PeerOfferRenewed(Problem):
    """The question is about an offer that was replaced since."""

    code = "peer_offer_renewed"
    status = 409
    sentence = N_("The other instance renewed its register just now. Send the question again.")


class PeerPackageMissing(Problem):
    """Private questions need an optional package."""

    code = "peer_package_missing"
    status = 503
    sentence = N_("Private questions need the package openmined_psi. An administrator installs it on this server: pip install openmined_psi.")


class PeerTooLittleKnown(Problem):
    """Too little is known of a child to ask without asking about many."""

    code = "peer_too_little_known"
    status = 422
    sentence = N_("Too little is known of the child to ask. Her own name and two or three further things are needed.")


class PeerConsentGone(Problem):
    """The person searching took the agreement back before the question left."""

    code = "peer_consent_gone"
    status = 409
    sentence = N_("The person searching does not agree any more, or the search ended. Nothing was sent.")


class PeerRemoved(Problem):
    """The peer was taken out before the question left."""

    code = "peer_removed"
    status = 409
    sentence = N_("An administrator removed this instance. Nothing was sent.")


def problem_of(code: str) -> Problem:
    """The problem of a code as the other side or an earlier try gave it; an unknown code is PeerNotUnderstood."""
    known = next((kind for kind in catalogue() if kind.code == code and kind.code.startswith("peer_")), PeerNotUnderstood)
    return known()
