"""What can a column mean, and what do its usual headings look like? English, French, Primero, Kobo and linkage headings. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from havre.core.words import N_

CHILDREN: Final = "children"
REQUESTS: Final = "requests"
KINDS: Final = (CHILDREN, REQUESTS)


@dataclass(frozen=True, slots=True)
class Field:
    """One meaning of a column: its code, its words, and other headings it is known by (compared without case and marks)."""

    code: str
    words: str
    also: tuple[str, ...] = ()


def _f(code: str, words: str, also: str = "") -> Field:
    return Field(code, words, tuple(part.strip() for part in also.split("|") if part.strip()))


_PERSON: Final = (
    _f("full_name", N_("Full name"), "name|fullname|nom complet|nom et prénom|child name|name of child|nom de l'enfant"),
    _f("given", N_("Given name"), "given name|first name|firstname|forename|name_first|prénom|prenom"),
    _f("father", N_("Father’s name"), "father name|name_father|fathers name|father's name|name_middle|nom du père|patronymic"),
    _f("grandfather", N_("Grandfather’s name"), "grandfather name|nom du grand-père"),
    _f("mother", N_("Mother’s name"), "mother name|name_mother|mothers name|mother's name|nom de la mère"),
    _f("family", N_("Family name"), "surname|last name|lastname|family name|name_last|nom|nom de famille"),
    _f("nickname", N_("Nickname"), "name_nickname|other name|alias|surnom"),
    _f("other_spelling", N_("Name in another script or spelling"), "name_other|name (arabic)|name arabic|name_ar|nom en arabe|native name"),
    _f("sex", N_("Sex"), "gender|sexe|genre"),
    _f("age", N_("Age"), "age_min|age in years|âge|estimated age|age estimated"),
    _f("age_max", N_("Highest age"), "age maximum|âge maximum"),
    _f("birth_date", N_("Date of birth"), "date_of_birth|dob|birthdate|birth date|date de naissance|né le|ddn"),
    _f("recorded_on", N_("Day on which the age was true"), "registration_date|date_recorded|date of registration|date d'enregistrement|today"),
    _f("languages", N_("Languages"), "language|langue|langues|languages spoken"),
    _f("nationalities", N_("Nationality"), "nationality|nationalité|citizenship"),
    _f("ethnicity", N_("Ethnic group"), "ethnic_group|ethnie|ethnicity"),
    _f("phones", N_("Telephone"), "phone|telephone|téléphone|telephone_current|mobile|phone number|contact number|numéro de téléphone"),
    _f("identifiers", N_("Number in the other system"), "id|case_id|case id|record_id|rec_id|unique_id|short_id|case_id_display|_uuid|uuid|_id|"
       "document_number|identifier|numéro|numéro de dossier|registration number"),
    _f("origin", N_("Place of origin, broad to narrow, separated by >"), "place_of_origin|place of origin|location of origin|lieu d'origine|"
       "origine|birth_place|place_of_birth|location_before_separation"),
    _f("origin_1", N_("Origin: region"), "origin region|origin state|admin1|region|état d'origine|région d'origine|province"),
    _f("origin_2", N_("Origin: district"), "origin district|admin2|district|district d'origine"),
    _f("origin_3", N_("Origin: town or village"), "origin village|admin3|village|town|village d'origine|ville"),
    _f("last_seen", N_("Place last seen, broad to narrow, separated by >"), "last_location|location_last|last seen|dernier lieu connu|vu pour la dernière fois"),
    _f("separation_date", N_("Date of separation"), "date_of_separation|separation date|date de séparation"),
    _f("separation_place", N_("Place of separation"), "location_separation|place of separation|lieu de séparation"),
    _f("separation_cause", N_("Cause of separation"), "cause of separation|separation_cause|cause de séparation|cause de la séparation"),
    _f("brothers", N_("Brothers: Name (age); Name (age)"), "frères|brother names"),
    _f("sisters", N_("Sisters: Name (age); Name (age)"), "sœurs|sister names"),
    _f("siblings", N_("Brothers and sisters: brother: Name (age); sister: Name"), "brothers and sisters|frères et sœurs|fratrie"),
    _f("relatives", N_("Other relatives: aunt: Name; uncle: Name"), "family members|proches"),
    _f("address", N_("Where the person lives now"), "address_current|location_current|current address|current location|adresse|adresse actuelle"),
    _f("features", N_("How the person can be recognised"), "distinguishing features|physical_characteristics|signes particuliers|marks"),
    _f("note", N_("Note"), "notes|comment|comments|remarks|remarques|commentaire|observations"),
)

_CHILD: Final = (
    _f("uasc_status", N_("Alone or separated"), "unaccompanied_separated_status|protection_status|separation status|uasc|statut enas|enas|statut de séparation"),
    _f("population_group", N_("Group"), "population group|displacement status|groupe de population|statut"),
    _f("concerns", N_("Protection concerns"), "protection_concerns|protection concerns|préoccupations|problèmes de protection"),
    _f("risk_level", N_("Risk level"), "risk level|risk|niveau de risque|risque"),
    _f("identification_source", N_("Who found the child"), "identification source|source_interview|identified_by|source d'identification"),
    _f("identified_on", N_("Day the child was found"), "date_of_identification|identification date|date d'identification"),
    _f("caregiver_name", N_("Caregiver’s name"), "name_caregiver|caregiver|caregiver name|nom de la personne responsable|tuteur"),
    _f("caregiver_relation", N_("What the caregiver is to the child"), "relationship_caregiver|caregiver relation|relationship to caregiver|lien avec la personne responsable"),
    _f("caregiver_phone", N_("Caregiver’s telephone"), "telephone_caregiver|caregiver phone|téléphone de la personne responsable"),
    _f("caregiver_consent", N_("The caregiver agreed (yes or no)"), "consent|consent_for_services|caregiver consent|consentement|consentement du parent"),
    _f("child_assent", N_("The child agreed (yes or no)"), "assent|child assent|child consent|assentiment|accord de l'enfant"),
    _f("immediate_needs", N_("Immediate needs"), "immediate needs|urgent needs|besoins immédiats|besoins urgents"),
    _f("needs_action", N_("What was done about them"), "action taken|needs action|mesures prises|action"),
)

_INQUIRER: Final = (
    _f("inquirer_full_name", N_("Inquirer: full name"), "inquirer_name|inquirer|relation_name|name of inquirer|requester|nom du demandeur|demandeur|parent name"),
    _f("inquirer_given", N_("Inquirer: given name"), "inquirer first name|prénom du demandeur"),
    _f("inquirer_father", N_("Inquirer: father’s name"), "inquirer father name"),
    _f("inquirer_family", N_("Inquirer: family name"), "inquirer last name|nom de famille du demandeur"),
    _f("inquirer_sex", N_("Inquirer: sex"), "inquirer gender|sexe du demandeur"),
    _f("inquirer_age", N_("Inquirer: age"), "relation_age|âge du demandeur"),
    _f("inquirer_phones", N_("Inquirer: telephone"), "inquirer phone|relation_telephone|telephone of inquirer|téléphone du demandeur"),
    _f("inquirer_address", N_("Inquirer: address"), "relation_address_current|adresse du demandeur"),
    _f("inquirer_languages", N_("Inquirer: languages"), "inquirer language|relation_language|langue du demandeur"),
    _f("relation", N_("What the inquirer is to the child"), "relationship|relation_type|relationship to child|lien|lien de parenté|lien avec l'enfant"),
    _f("lived_with", N_("The child lived with the inquirer before (yes or no)"), "lived with|a vécu avec"),
    _f("consent_share", N_("The inquirer agreed to be compared (yes or no)"), "consent|consent_for_tracing|consentement"),
    _f("message", N_("Message to the child"), "message|message pour l'enfant"),
    _f("circumstances", N_("How they lost each other"), "circumstances|additional_tracing_info|circonstances"),
)

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    CHILDREN: (*_PERSON, *_CHILD),
    REQUESTS: (*_INQUIRER, *_PERSON),
}
NAMES: Final = ("full_name", "given", "father", "grandfather", "mother", "family", "nickname", "other_spelling")
NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    CHILDREN: (("full_name", "given", "features"),),
    REQUESTS: (("full_name", "given", "features"), ("inquirer_full_name", "inquirer_given"), ("relation",)),
}


def field(kind: str, code: str) -> Field:
    """The field of a kind of import. Raises KeyError."""
    return next(f for f in FIELDS[kind] if f.code == code)


def codes(kind: str) -> tuple[str, ...]:
    """The codes of all fields of a kind, in order."""
    return tuple(f.code for f in FIELDS[kind])


def normal(heading: str) -> str:
    """A heading without case, accents, punctuation and the group that Kobo writes before it."""
    last = heading.rsplit("/", 1)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFKD", last.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.replace("œ", "oe")).strip()


def guess(kind: str, headers: Iterable[str], remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Heading -> field, as far as it can be told: first as it was chosen for the same heading before, then by its name.

    Each field is given to one heading only. Headings that cannot be told are left out.
    """
    present = list(headers)
    known = {normal(label): f.code for f in reversed(FIELDS[kind]) for label in (f.code, f.words, *f.also)}
    known |= {normal(f.code): f.code for f in FIELDS[kind]}
    earlier = {normal(h): code for h, code in (remembered or {}).items() if code in codes(kind)}
    out: dict[str, str] = {}
    for lookup in (earlier, known):
        for header in present:
            code = lookup.get(normal(header)) or (lookup.get(normal(header).removeprefix("sought ")) if kind == REQUESTS else None)
            if code and header not in out and code not in out.values():
                out[header] = code
    return out


def check_mapping(kind: str, headers: Iterable[str], mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """What is wrong with a mapping heading -> field, by heading ("" for the whole)."""
    errors: dict[str, list[str]] = {}
    present = set(headers)
    for header, code in mapping.items():
        if header not in present or code not in codes(kind):
            errors[header] = [N_("Choose one of the answers.")]
        elif list(mapping.values()).count(code) > 1:
            errors[header] = [N_("Two columns cannot mean the same. Choose another meaning for one of them.")]
    for choice in NEEDED[kind]:
        if not set(choice) & set(mapping.values()):
            errors.setdefault("", []).append(_MISSING[choice])
    return errors


_MISSING: Final[Mapping[tuple[str, ...], str]] = {
    ("full_name", "given", "features"): N_("Say which column holds the name of the child."),
    ("inquirer_full_name", "inquirer_given"): N_("Say which column holds the name of the person who looks for the child."),
    ("relation",): N_("Say which column tells what the inquirer is to the child."),
}
