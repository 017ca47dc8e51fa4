"""Reading a scenario's file: the seats, the agenda with its opening texts, the languages, the clock.

Why so exact about what is wrong: moderators write these files by hand, and a message that names the key is all the help
they have.
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from polylogue.commands import ScheduleSession
from polylogue.decide import decide
from polylogue.occasion import Occasion
from polylogue.refusals import Refusal
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.state import State
from polylogue.vocabulary import (
    Dimension,
    Instant,
    LanguageTag,
    Nature,
    PersonId,
    ProvisionKind,
    Role,
    SeatCode,
    SessionId,
    Standing,
)
from schema.api.sentences import sentence
from server.scenarios.table import ScenarioInvalid, Table

SHIPPED, PRESETS = "server.scenarios", "polylogue.presets"
_CHECKED_AT = Instant("2000-01-01T00:00:00.000Z")


class ScenarioUnknown(ScenarioInvalid, KeyError):
    """There is no scenario of that name, nor a file of that path; `there` are these."""

    __str__ = Exception.__str__

    @property
    def there(self) -> tuple[str, ...]:
        return names()


@cache
def names() -> tuple[str, ...]:
    """Names of the scenarios that ship with the software."""
    return _stems(SHIPPED)


def shipped(name: str) -> Scenario:
    """A scenario that ships, by its name. ScenarioUnknown, which is a KeyError, when there is none."""
    if name not in names():
        raise ScenarioUnknown(f"There is no scenario {name!r}; there are {', '.join(names())}.")
    return read(_data(SHIPPED, name), f"{name}.toml")


def load(name_or_path: str) -> Scenario:
    """A scenario by its name or from a file. ScenarioInvalid names the file, the line or key, and what is wrong."""
    if name_or_path in names():
        return shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise ScenarioUnknown(
            f"There is no scenario {name_or_path!r}, nor a file of that path; there are {', '.join(names())}."
        )
    try:
        return read(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError as wrong:
        raise ScenarioInvalid(f"{path}: no text in UTF-8: {wrong.reason} at byte {wrong.start}") from wrong


def read(toml: str, where: str) -> Scenario:
    """A scenario from the text of its file, which messages call `where`; tried against the rules before it is given."""
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as wrong:
        raise ScenarioInvalid(f"{where}: {wrong}") from wrong
    scenario = _scenario(Table(data, where))
    if refused := _refused(scenario):
        place = _key(refused.path[1:])
        told = sentence(refused, LanguageTag("en"), _CHECKED_AT)
        raise ScenarioInvalid(f"{where}, {place}: {told}" if place else f"{where}: {told}")
    return scenario


def _scenario(file: Table) -> Scenario:
    scenario = Scenario(
        titles=_texts(file.table("titles")),
        nature=file.word("nature", Nature, Nature.SIMULATION),
        rule_set=file.text("rule_set", Scenario.rule_set),
        conference=file.text("conference", None),
        continues=SessionId(earlier) if (earlier := file.text("continues", None)) else None,
        public=file.switch("public"),
        clock_scale=file.text("clock_scale", Scenario.clock_scale),
        working=file.language("working", Scenario.working),
        authentic=file.languages("authentic"),
        delegations=(*_preset_seats(file), *map(_delegation, file.tables("delegations"))),
        items=tuple(map(_item, file.tables("items"))),
    )
    file.nothing_else()
    return scenario


def _preset_seats(file: Table) -> Iterator[ScenarioDelegation]:
    """The delegations taken from a preset: those that `seats` names, in the preset's order, or all."""
    preset, wanted = file.text("preset", None), file.texts("seats")
    if preset is None:
        if wanted is not None:
            raise file.wrong("seats", "it names seats of a preset, and there is no `preset`")
        return
    if preset not in _stems(PRESETS):
        raise file.wrong("preset", f"there is no preset {preset!r}; there are {', '.join(_stems(PRESETS))}")
    seats = _seats(preset)
    codes = [seat.code for seat in seats]
    for code in wanted or ():
        if code not in codes:
            raise file.wrong("seats", f"the preset {preset} has no seat {code!r}")
    yield from (seat for seat in seats if wanted is None or seat.code in wanted)


@cache
def _seats(preset: str) -> tuple[ScenarioDelegation, ...]:
    file = Table(tomllib.loads(_data(PRESETS, preset)), f"{preset}.toml")
    return tuple(map(_delegation, file.tables("delegations")))


def _delegation(file: Table) -> ScenarioDelegation:
    delegation = ScenarioDelegation(
        code=SeatCode(file.text("code")),
        standing=file.word("standing", Standing, Standing.MEMBER),
        names=_texts(file.table("names")),
        languages=file.languages("languages"),
    )
    file.nothing_else()
    return delegation


def _item(file: Table) -> ScenarioItem:
    item = ScenarioItem(
        titles=_texts(file.table("titles")),
        dimensions=file.words("dimensions", Dimension),
        provisions=tuple(map(_provision, file.tables("provisions"))),
    )
    file.nothing_else()
    return item


def _provision(file: Table) -> ScenarioProvision:
    provision = ScenarioProvision(
        kind=file.word("kind", ProvisionKind, ProvisionKind.OPERATIVE), versions=_texts(file.table("texts"))
    )
    file.nothing_else()
    return provision


def _texts(by_language: Table) -> tuple[LocalText, ...]:
    """A table of texts whose keys are languages."""
    return tuple(LocalText(language=by_language.tag(key, key), text=by_language.prose(key)) for key in by_language)


def _refused(scenario: Scenario) -> Refusal | None:
    """Why the rules would not schedule a session from it: the same check that `scheduleSession` makes."""
    ids = (f"00000000-0000-7000-8000-{number:012x}" for number in range(100_000))
    organiser = Occasion(at=_CHECKED_AT, person=PersonId("organiser"), ids=ids, site_roles=frozenset({Role.ORGANISER}))
    answer = decide(State(), ScheduleSession(scenario=scenario), organiser)
    return answer if isinstance(answer, Refusal) else None


def _key(path: Sequence[str]) -> str:
    """A refusal's path as a key of the file: ("items", "0", "titles") gives "items[0].titles"."""
    known = {"ruleSet": "rule_set", "clockScale": "clock_scale", "versions": "texts"}
    key = ""
    for token in path:
        key += f"[{token}]" if token.isdecimal() else f".{known.get(token, token)}"
    return key.removeprefix(".")


def _stems(package: str) -> tuple[str, ...]:
    files = (file.name for file in resources.files(package).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def _data(package: str, name: str) -> str:
    return resources.files(package).joinpath(f"{name}.toml").read_text("utf-8")
