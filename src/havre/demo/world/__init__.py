"""The invented world: what one can generate, and the people and story that go with it."""
from havre.demo.world.generate import WORLD_DAY, generate
from havre.demo.world.model import (
    Agency, Person, Registration, Script, Sex, Stage, TracingRequest, Truth, World)
from havre.demo.world.places import places
from havre.demo.world.staff import AGENCIES, DemoPerson, demo_people
from havre.demo.world.story import Story, story

__all__ = [
    "AGENCIES", "WORLD_DAY", "Agency", "DemoPerson", "Person", "Registration", "Script", "Sex", "Stage", "Story",
    "TracingRequest", "Truth", "World", "demo_people", "generate", "places", "story",
]
