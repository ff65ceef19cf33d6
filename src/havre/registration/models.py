"""The records of registration, gathered where Django looks for them."""

from havre.registration.consents import Consent
from havre.registration.drafts import RegistrationDraft
from havre.registration.duplicates import DuplicateReview
from havre.registration.index.entry import CommonToken, IndexEntry
from havre.registration.index.versions import MatcherModel, MatcherUse, NameShares
from havre.registration.kin import Relationship, SiblingProposal
from havre.registration.people import Person
from havre.registration.pictures import Photo

__all__ = ["CommonToken", "Consent", "DuplicateReview", "IndexEntry", "MatcherModel", "MatcherUse", "NameShares", "Person", "Photo",
           "RegistrationDraft", "Relationship", "SiblingProposal"]
