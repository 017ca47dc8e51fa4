"""What the rules would refuse in a scenario: every refusal, not only the first.

Why by mending: the rules stop at their first refusal. What they refuse is replaced by something harmless and they are
asked again, so that this is the check that `scheduleSession` makes and no copy of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from polylogue.commands import ScheduleSession
from polylogue.decide import decide
from polylogue.occasion import Occasion
from polylogue.procedure.matter import LIST_LIMIT
from polylogue.refusals import Refusal
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation
from polylogue.state import State
from polylogue.vocabulary import Instant, LanguageTag, PersonId, ProvisionKind, Role, SeatCode

CHECKED_AT = Instant("2000-01-01T00:00:00.000Z")
MOST = 1_000
"""How many refusals are looked for: each takes another look at the whole."""

FILE_KEYS = {"ruleSet": "rule_set", "clockScale": "clock_scale", "versions": "texts"}
_FIELDS = {"ruleSet": "rule_set", "clockScale": "clock_scale"}
_WORDS = (LocalText(language=LanguageTag("en"), text="-"),)


def refusals(scenario: Scenario) -> Iterator[Refusal]:
    """Why the rules would not schedule a session from it."""
    for number in range(MOST):
        refused = _refused(scenario)
        if refused is None:
            return
        yield refused
        mended = _mended(scenario, refused.path[1:], number)
        if mended == scenario:
            return
        scenario = mended


def _refused(scenario: Scenario) -> Refusal | None:
    ids = (f"00000000-0000-7000-8000-{number:012x}" for number in range(100_000))
    organiser = Occasion(at=CHECKED_AT, person=PersonId("organiser"), ids=ids, site_roles=frozenset({Role.ORGANISER}))
    answer = decide(State(), ScheduleSession(scenario=scenario), organiser)
    return answer if isinstance(answer, Refusal) else None


def _mended(thing: Any, path: Sequence[str], number: int) -> Any:
    """The thing with what is wrong at the path replaced; the thing itself where the path leads nowhere."""
    if not path or not is_dataclass(thing) or isinstance(thing, type):
        return thing
    name = _FIELDS.get(path[0], path[0])
    if name not in {each.name for each in fields(thing)}:
        return thing
    held = getattr(thing, name)
    if len(path) > 2 and path[1].isdecimal() and not isinstance(held[int(path[1])], str | LocalText):  # noqa: PLR2004
        place = int(path[1])
        value = (*held[:place], _mended(held[place], path[2:], number), *held[place + 1 :])
    else:
        value = _harmless(name, held, number)
    return replace(thing, **{name: value})


def _harmless(name: str, held: Any, number: int) -> Any:
    match name:
        case "titles" | "versions":
            return _WORDS
        case "code":
            return SeatCode(f"X_{number}_X")
        case "rule_set" | "clock_scale" | "working":
            return getattr(Scenario(), name)
        case "delegations" if not held:
            return (ScenarioDelegation(code=SeatCode("X_X")),)
        case "delegations" | "items" | "provisions":
            return held[:LIST_LIMIT]
        case "kind":
            return ProvisionKind.OPERATIVE
        case "conference" | "continues":
            return None
        case _:
            return ()
