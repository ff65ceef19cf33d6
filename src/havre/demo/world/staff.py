"""Who works in the invented world: four agencies over two countries, and the seven people one can sign in
as.
"""

from dataclasses import dataclass

from havre.demo.world.model import Agency

AGENCIES: tuple[Agency, ...] = (
    Agency("sabil", "Sabil Child Protection", "Sabil protection de l'enfance", "SD", ("gedaref", "kassala")),
    Agency("nakheel", "Nakheel Family Links", "Nakheel liens familiaux", "SD", ("khartoum", "darfur")),
    Agency("mesob", "Mesob Tracing Network", "Réseau de recherche Mesob", "ET", ("tigray", "amhara")),
    Agency("tena_lij", "Tena Lij Child Services", "Tena Lij services à l'enfance", "ET", ("addis", "jijiga")),
)
COUNTRY_OF = {agency.code: agency.country for agency in AGENCIES}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the people who can sign in to the demonstration."""

    username: str
    name: str
    role: str
    agency: str
    team: str
    language: str
    country: str


def demo_people() -> tuple[DemoPerson, ...]:
    """The seven people of the story: names, roles (codes of the access package), agencies, teams and
    languages.
    """
    return (
        DemoPerson("amina", "Amina Okello", "caseworker", "sabil", "gedaref", "en", "SD"),
        DemoPerson("claire", "Claire Besson", "supervisor", "sabil", "gedaref", "fr", "SD"),
        DemoPerson("yonas", "Yonas Berhe", "tracing_officer", "mesob", "tigray", "en", "ET"),
        DemoPerson("marta", "Marta Lindqvist", "panel_member", "tena_lij", "addis", "en", "ET"),
        DemoPerson("bashir", "Bashir Idris", "border_officer", "nakheel", "khartoum", "en", "SD"),
        DemoPerson("leyla", "Leyla Haddad", "analyst", "nakheel", "khartoum", "en", "SD"),
        DemoPerson("samir", "Samir Osman", "focal_point", "nakheel", "khartoum", "en", "SD"),
    )
