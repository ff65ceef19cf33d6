"""What is asked before a question leaves: whom, why, and whether the person searching agrees."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.exchange.peers.models import Peer
from havre.web.parts.forms import HavreForm, OneOf, TextAnswer, Tick


class AskForm(HavreForm):
    """A question to one instance."""

    peer = OneOf(label=lazy("Which instance?"), open=True)
    purpose = TextAnswer(label=lazy("Why is it asked?"), long=True, max_length=500, help_text=lazy("Kept here with the request; it does not leave."))
    agreed = Tick(label=lazy("Agreement"), required=False)

    def __init__(self, *args: Any, peers: Sequence[Peer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["peer"].choices = [(str(peer.pk), peer.name) for peer in peers]  # type: ignore[attr-defined]
        self.fields["agreed"].statement = _("I asked the person searching, who agrees that this instance is asked")  # type: ignore[attr-defined]


class AgainForm(HavreForm):
    """A button."""
