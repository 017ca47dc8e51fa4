"""Mutations on a session as a whole: made from a scenario, opened, suspended, closed, sealed.

`scheduleSession` is written out, since its session is not there yet and its scenario may be one that has a name.
"""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry import UNSET

from polylogue import commands as c
from polylogue import refusals
from polylogue.refusals import RefusalCode
from polylogue.scenario import Scenario
from schema.api.inputs import core_value, input_path
from schema.api.mutations.command import (
    field_of,
    mutation,
    payload_of,
    refused_at_door,
    refused_key,
    submitted,
    things_of,
)
from schema.api.mutations.things import SESSION_THING
from schema.api.mutations.values import ScenarioInput
from schema.api.results import shown_receipt, shown_refusal
from schema.api.standpoint import Info
from schema.api.values import described

Scenarios = Callable[[str], Scenario]
"""The service `scenarios`: a scenario by its name; where there is none a KeyError, which has the names as `there`."""

RULE = "1.1"


@strawberry.input(description=described(c.ScheduleSession))
class ScheduleSessionInput:
    """Exactly one of `scenario` and `definition` is to be given."""

    idempotency_key: str
    scenario: str | None = strawberry.field(
        default=UNSET, description="The name of a scenario that ships, or lies on the server; or a `definition`."
    )
    definition: ScenarioInput | None = strawberry.field(
        default=UNSET, description="A scenario written out; or the name of a `scenario`."
    )


_payload = payload_of("ScheduleSession", (SESSION_THING,))


async def _schedule(info: Info, input: Any) -> Any:
    refusal = await refused_at_door(info, "scheduleSession", None) or refused_key(input.idempotency_key)
    scenario = refusal or _scenario(info.context.services["scenarios"], input)
    if isinstance(scenario, Scenario):
        answer = await submitted(info, c.ScheduleSession(scenario=scenario), input, None)
    else:
        answer = scenario
    if isinstance(answer, refusals.Refusal):
        return shown_refusal(answer, _path(input, answer.path), info.context.language, info.context.now())
    return _payload(receipt=shown_receipt(answer), **await things_of(info, answer, (SESSION_THING,)))


def _scenario(scenarios: Scenarios, input: ScheduleSessionInput) -> Scenario | refusals.Refusal:
    """The one that is named or written out, where it is exactly one of the two."""
    if bool(input.scenario) == bool(input.definition):
        return refusals.Refusal(RefusalCode.SCENARIO_INVALID, RULE)
    if not input.scenario:
        return core_value(input.definition)
    try:
        return scenarios(input.scenario)
    except KeyError as unknown:
        there = ", ".join(getattr(unknown, "there", ()))
        params = {"name": input.scenario, "there": there}
        return refusals.Refusal(RefusalCode.SCENARIO_INVALID, RULE, params, ("scenario",))


def _path(input: ScheduleSessionInput, path: tuple[str, ...]) -> list[str]:
    """A path into the scenario in the names of the input: what has only a name has no members."""
    if path[:1] != ("scenario",):
        return list(path)
    return ["definition", *input_path(ScenarioInput, path[1:])] if input.definition else ["scenario"]


FIELDS = (
    field_of("ScheduleSession", described(c.ScheduleSession) or "", ScheduleSessionInput, _payload, _schedule),
    mutation(c.OpenSession, SESSION_THING),
    mutation(c.SuspendSession, SESSION_THING),
    mutation(c.ResumeSession, SESSION_THING),
    mutation(c.CloseSession, SESSION_THING),
    mutation(c.ReopenSession, SESSION_THING),
    mutation(c.SealSession, SESSION_THING),
)
