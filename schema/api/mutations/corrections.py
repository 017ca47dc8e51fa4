"""Mutations by which mistakes are mended."""

from polylogue import commands as c
from schema.api.mutations.command import mutation
from schema.api.mutations.things import CALL_THING, ITEM, ITEM_IF, SESSION_THING

FIELDS = (
    mutation(c.CorrectEntry, ITEM_IF, SESSION_THING),
    mutation(c.StepItemBack, ITEM),
    mutation(c.ReopenCall, CALL_THING, ITEM),
    mutation(c.RescindAdoption, ITEM),
)
