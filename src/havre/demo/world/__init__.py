"""The invented world: what one can generate, and the people and story that go with it."""

from havre.demo.world.bulk import BulkCase, BulkPerson, iter_bulk, iter_bulk_cases
from havre.demo.world.bulk_queries import BulkQuery, bulk_queries
from havre.demo.world.generate import WORLD_DAY, generate
from havre.demo.world.model import (
    Agency,
    Person,
    Registration,
    Script,
    Sex,
    Stage,
    TracingRequest,
    Truth,
    World,
)
from havre.demo.world.places import places
from havre.demo.world.staff import AGENCIES, DemoPerson, demo_people
from havre.demo.world.story import Story, story

__all__ = [
    "AGENCIES",
    "WORLD_DAY",
    "Agency",
    "BulkCase",
    "BulkPerson",
    "BulkQuery",
    "DemoPerson",
    "Person",
    "Registration",
    "Script",
    "Sex",
    "Stage",
    "Story",
    "TracingRequest",
    "Truth",
    "World",
    "bulk_queries",
    "demo_people",
    "generate",
    "iter_bulk",
    "iter_bulk_cases",
    "places",
    "story",
]
