"""Mutations on attendance and the agenda."""

from polylogue import commands as c
from schema.api.mutations.command import mutation
from schema.api.mutations.things import ITEM, SESSION_THING

FIELDS = (
    mutation(c.RecordRollCall, SESSION_THING),
    mutation(c.NoteArrival, SESSION_THING),
    mutation(c.NoteDeparture, SESSION_THING),
    mutation(c.AddItem, ITEM),
    mutation(c.OpenItem, ITEM),
    mutation(c.DeferItem, ITEM),
)
