"""Everything that registration writes, as actions. Registering a child as a whole is `cases.opening.open_case`."""

from havre.registration.actions_consent import record_consent, record_legal_basis, withdraw_consent
from havre.registration.actions_drafts import conclude_search, discard_draft, save_draft, search_before_create, start_registration
from havre.registration.actions_family import (
    accept_sibling,
    add_family_member,
    decline_sibling,
    mark_not_duplicate,
    request_focal_point,
)
from havre.registration.actions_people import add_photo, change_person, resolve_disputed_value, retire_photo

__all__ = [
    "accept_sibling",
    "add_family_member",
    "add_photo",
    "change_person",
    "conclude_search",
    "decline_sibling",
    "discard_draft",
    "mark_not_duplicate",
    "record_consent",
    "record_legal_basis",
    "request_focal_point",
    "resolve_disputed_value",
    "retire_photo",
    "save_draft",
    "search_before_create",
    "start_registration",
    "withdraw_consent",
]
