"""Who is the child of the story that tests and the smoke walk play? She is in no generated world: the
story creates her.

Selam is about nine; she crossed the border with her brother Dawit and lost their mother Letebrhan, who
asks for her in the other country through another agency, in Arabic script.
"""

from dataclasses import dataclass

from havre.demo.world.model import Script, SecretFact


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the story types in, on both sides, with the facts that must agree and one that must not."""

    child_native: str
    child_latin: str
    child_script: Script
    child_given: str
    child_father: str
    child_sex: str
    age_min: int
    age_max: int
    language: str
    brother_latin: str
    brother_native: str
    brother_age: int
    mother_latin: str
    mother_native: str
    mother_phone: str
    sought_name: str
    sought_script: Script
    sought_age_min: int
    sought_age_max: int
    relation: str
    origin: str
    separation_place: str
    separation_cause: str
    separation_on: str
    registering_agency: str
    tracing_agency: str
    views: str
    message: str
    secret_facts: tuple[SecretFact, ...]
    wrong_answer: str
    alert_listed_receiver: str


def story() -> Story:
    """The constants of the story: the same for every seed."""
    return Story(
        child_native="ሰላም ተስፋይ",
        child_latin="Selam Tesfay",
        child_script=Script.ETHIOPIC,
        child_given="ሰላም",
        child_father="ተስፋይ",
        child_sex="female",
        age_min=8,
        age_max=10,
        language="tir",
        brother_latin="Dawit Tesfay",
        brother_native="ዳዊት ተስፋይ",
        brother_age=6,
        mother_latin="Letebrhan Hagos",
        mother_native="ለተብርሃን ሃጎስ",
        mother_phone="+251911000417",
        sought_name="سلام تسفاي",
        sought_script=Script.ARABIC,
        sought_age_min=9,
        sought_age_max=9,
        relation="mother",
        origin="ETX010101",
        separation_place="SDX010101",
        separation_cause="lost_in_transit",
        separation_on="2026-08",
        registering_agency="sabil",
        tracing_agency="mesob",
        views="I want to go to my mother together with Dawit. I want to hear her voice first.",
        message="Selam, we are well. Stay with Dawit, I am coming.",
        secret_facts=(
            SecretFact("What was the name of the family's goat?", "Worku"),
            SecretFact("What colour was the door of the house?", "blue"),
            SecretFact("Which song did the mother sing in the evening?", "the song of the river"),
        ),
        wrong_answer="green",
        alert_listed_receiver="Kessete Alem",
    )


def is_of_story(given_native: str, father_native: str) -> bool:
    """Whether a name is that of the child of the story, so that no invented child bears it by chance."""
    return (given_native, father_native) == ("ሰላም", "ተስፋይ")
