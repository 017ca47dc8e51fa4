"""Mutations on a call for consensus and what follows from it."""

from polylogue import commands as c
from schema.api.mutations.command import mutation
from schema.api.mutations.things import CALL_THING, DECISION, OBJECTION, OPINION

FIELDS = (
    mutation(c.CallForConsensus, CALL_THING),
    mutation(c.RaiseObjection, OBJECTION),
    mutation(c.MaintainObjection, OBJECTION),
    mutation(c.WithdrawObjection, OBJECTION),
    mutation(c.PlaceOpinionOnRecord, OPINION),
    mutation(c.CloseCall, CALL_THING, DECISION),
)
