"""Mutations by which delegations say what they hold."""

from polylogue import commands as c
from schema.api.mutations.command import mutation
from schema.api.mutations.things import POSITION, STANCES

FIELDS = (
    mutation(c.PostPosition, POSITION),
    mutation(c.StateStances, STANCES),
)
