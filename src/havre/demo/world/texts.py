"""Which sentences were written down in the invented world? Short, plain, never graphic; all invented.

Each list is indexed by nothing but chance, so that two children rarely say the same words.
"""

VIEW_OPENINGS = (
    "I want to go to my {who}",
    "I would like to stay here until my {who} is found",
    "I miss my {who} and my school",
    "I feel safe with the family I stay with",
    "I want to learn and then look for my {who}",
    "I do not want to travel again alone",
    "I want to speak with my {who} on the phone first",
    "I am not sure yet, I want to think",
    "I like the teacher here",
    "I want us brothers and sisters to stay together",
)
VIEW_REASONS = (
    "because we promised to wait for each other",
    "because there is nobody else who knows me",
    "and I want to finish grade {grade}",
    "and I want my own blanket and my books",
    "because the road was long",
    "and I am good at football",
    "because my {who} cooks like at home",
    "and I help with the little ones here",
    "because here they speak my language",
    "and I would like new shoes for school",
)
GOALS = {
    "unaccompanied": (
        "{name} lives with a family member who can care for them",
        "Look for the family through partner agencies",
        "ftr",
    ),
    "separated": ("{name} is in contact with both parents", "Open and follow a tracing request", "ftr"),
    "out_of_school": (
        "{name} attends school at least four days a week",
        "Enrol in the accelerated class",
        "education_non_formal",
    ),
    "psychosocial_distress": (
        "{name} sleeps and plays as other children of the same age",
        "Weekly group activities",
        "pss_basic",
    ),
    "no_documentation_or_birth_reg": (
        "{name} holds a birth certificate",
        "Accompany to the civil registry",
        "documentation_civil_registration",
    ),
    "serious_medical_condition": (
        "{name} receives regular treatment",
        "Refer to the health centre and follow up",
        "medical",
    ),
    "child_labour": (
        "{name} no longer works and has time for school",
        "Agree hours and cash support with the caregiver",
        "cash",
    ),
    "vulnerable_care_arrangement": (
        "{name} lives in a care arrangement visited every week",
        "Weekly visits to the host family",
        "alternative_care",
    ),
    "neglect_educational": (
        "{name} has books and a quiet hour to study",
        "Provide learning kit, talk with the caregiver",
        "education_formal",
    ),
    "child_headed_household": (
        "{name} and siblings live with an adult they chose",
        "Find a kinship carer with them",
        "alternative_care",
    ),
    "functional_difficulty": (
        "{name} moves and learns with the support they need",
        "Refer for assistive device",
        "disability",
    ),
}
OVERALL_GOALS = (
    "{name} grows up safely in a family, with contact to all living relatives.",
    "{name} is reunited with family, or lives in family-based care by the end of the year.",
    "{name} is safe, learns every day and knows where the family is.",
)
NEEDS = {
    "health": ("Fever and cough for three days", "Taken to the health post, medicine given"),
    "safety": ("No safe place to sleep tonight", "Placed with a host family for the night"),
    "interim_care": ("Nobody to look after the child", "Interim carer found, visit planned tomorrow"),
    "food_shelter": ("Had not eaten since yesterday", "Hot meal, blanket and hygiene kit given"),
    "other": ("Wanted to telephone home", "Call made together, no answer, to be tried again"),
}
CIRCUMSTANCES = (
    "The family was parted in the crowd when the bus stopped.",
    "They fled at night and the child went with neighbours.",
    "The truck left before everybody was on board.",
    "The parents went ahead to look for work and did not come back in time.",
    "At the crossing men and women were sent to different lines.",
    "The child was at school when the village had to leave.",
    "They lost each other at the river crossing.",
    "The child was left with a relative who then had to travel on.",
)
SECRETS = (
    ("What was the name of the family's goat?", ("Worku", "Zaza", "Lulu", "Asmar", "Misha", "Bibi")),
    ("What colour was the door of the house?", ("blue", "green", "red", "white", "unpainted wood")),
    (
        "What did the grandmother sell at the market?",
        ("onions", "coffee", "baskets", "milk", "spices", "firewood"),
    ),
    (
        "Which tree stood beside the house?",
        ("a mango", "a fig", "an acacia", "a neem", "an apricot", "a birch"),
    ),
    (
        "What did the child carry on the day of leaving?",
        ("a school bag", "a radio", "a kettle", "a baby cousin", "a blanket"),
    ),
    (
        "Which song did the mother sing in the evening?",
        ("the moon song", "the song of the river", "a lullaby about a camel", "the bread song"),
    ),
    ("What nickname did the uncle use?", ("little lion", "sparrow", "professor", "sugar", "minister")),
    ("Who broke the water jar?", ("the eldest", "a cousin", "the child", "the grandfather")),
)
FEATURES = (
    "Small scar on the left eyebrow",
    "Birthmark on the right forearm",
    "Left-handed",
    "Gap between the front teeth",
    "Wears glasses",
    "Curly hair, very tall for the age",
    "Walks with a slight limp",
    "Dimples",
    "",
    "",
    "",
    "",
    "",
)
MESSAGES = (
    "We are alive and we look for you every day.",
    "Your {who} waits for you. Stay with people you trust.",
    "We have a room now and your bed is ready.",
    "Your brothers and sisters ask for you.",
    "We are well. Do not travel alone, we will come.",
    "God keep you. Call this number when you can.",
)
FOLLOW_UP_NOTES = (
    "Well received, goes to school, eats with the family.",
    "Some trouble sleeping; agreed on a second visit.",
    "Happy, new friends; the carer asked about fees.",
    "Telephone contact only, all well.",
    "Settled; the grandparents help.",
    "Quiet but smiling; plays with cousins.",
)
SCREENING_ANSWERS = {
    "age_birthday": ("About {age}", "Does not know the birthday", "{age}, born in the rainy season"),
    "who_with": (
        "Nobody",
        "Two older boys met on the road",
        "A woman from the same village",
        "Younger brother",
    ),
    "parents_where": (
        "Does not know",
        "On the other side of the border",
        "Mother in the city, no telephone",
        "Father stayed at home",
    ),
    "hurt_ill_hungry": ("Hungry", "Tired, sore feet", "No", "Cough"),
    "safe_with_companion": ("Yes", "Not sure", "There is nobody"),
    "destination_contact": ("An aunt, has no number", "Nobody", "An uncle who works at the market"),
    "sleep_tonight": ("Does not know", "At the bus station", "With the group"),
    "tell_someone_else": ("No", "Wants to talk to a woman", "Not now"),
}
CAUSES = (
    "fleeing_violence_war",
    "fleeing_violence_war",
    "fleeing_violence_war",
    "lost_in_transit",
    "lost_in_transit",
    "migration",
    "border_separation_by_authorities",
    "fleeing_persecution",
    "search_employment",
    "death_or_sickness_of_family",
    "fleeing_disaster",
    "entrusted_to_individual_or_institution",
    "arrest_detention",
    "unknown",
)
MODES = ("on_foot", "on_foot", "bus", "truck_trailer", "car", "boat", "animal", "train")
