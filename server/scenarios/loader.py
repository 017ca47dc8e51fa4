"""Reading a scenario's file: the seats, the agenda with its opening texts, the languages, the clock.

Why so exact about what is wrong: moderators write these files by hand, and a message that names the key is all the help
they have.
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from polylogue.refusals import Refusal, RefusalCode
from polylogue.rules.shelf import names as rule_sets
from polylogue.scenario import LocalText, Scenario, ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import Dimension, LanguageTag, Nature, ProvisionKind, SeatCode, SessionId, Standing
from schema.api.sentences import sentence
from server.scenarios.mistakes import Notes, ScenarioInvalid, meant
from server.scenarios.places import Path as KeyPath
from server.scenarios.places import places
from server.scenarios.rules import CHECKED_AT, FILE_KEYS, refusals
from server.scenarios.syntax import decoded, torn_lines
from server.scenarios.table import Table

SHIPPED, PRESETS = "server.scenarios", "polylogue.presets"


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
    return read(source(name).encode(), f"{name}.toml")


def load(name_or_path: str) -> Scenario:
    """A scenario by its name or from a file. ScenarioInvalid names the file, and the line and key of each mistake."""
    if name_or_path in names():
        return shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise ScenarioUnknown(
            f"There is no scenario {name_or_path!r}, nor a file of that path; there are {', '.join(names())}."
        )
    return read(path.read_bytes(), str(path))


def source(name: str) -> str:
    """The file of a scenario that ships, as it is. ScenarioUnknown when there is none of that name."""
    if name not in names():
        raise ScenarioUnknown(f"There is no scenario {name!r}; there are {', '.join(names())}.")
    return _data(SHIPPED, name)


def read(file: bytes, where: str) -> Scenario:
    """A scenario from its file, which messages call `where`; tried against the rules before it is given.

    Raises ScenarioInvalid with every mistake that is found. Where the file is no TOML these are those of its syntax:
    what it says is looked at when it can be read.
    """
    text = decoded(file, where)
    if torn := torn_lines(text):
        raise ScenarioInvalid(where, torn)
    notes = Notes()
    scenario = _scenario(Table(tomllib.loads(text), notes))
    if mistakes := notes.placed(places(text)):
        raise ScenarioInvalid(where, mistakes)
    return scenario


def _scenario(file: Table) -> Scenario:
    rule_set = file.text("rule_set") or Scenario.rule_set
    seats = tuple(_preset_seats(file))
    earlier = file.text("continues")
    scenario = Scenario(
        titles=_texts(file.table("titles")),
        nature=file.word("nature", Nature, Nature.SIMULATION),
        rule_set=rule_set,
        conference=file.text("conference"),
        continues=None if earlier is None else SessionId(earlier),
        public=file.switch("public"),
        clock_scale=_or(file.text("clock_scale"), Scenario.clock_scale),
        working=file.language("working", Scenario.working),
        authentic=file.languages("authentic"),
        delegations=(*seats, *map(_delegation, file.tables("delegations"))),
        items=tuple(map(_item, file.tables("items"))),
    )
    file.nothing_else()
    for refused in refusals(scenario):
        _note(file.notes, refused, len(seats))
    return scenario


def _preset_seats(file: Table) -> Iterator[ScenarioDelegation]:
    """The delegations taken from a preset: those that `seats` names, in the preset's order, or all."""
    preset, wanted = file.text("preset"), file.texts("seats")
    if preset is None:
        if wanted is not None:
            file.wrong("it names seats of a preset, and there is no `preset`", "seats", needs="preset")
        return
    if preset not in _stems(PRESETS):
        there = ", ".join(_stems(PRESETS))
        file.wrong(f"there is no preset {preset!r}; there are {there}{meant(preset, _stems(PRESETS))}", "preset")
        return
    seats = _seats(preset)
    codes = [seat.code for seat in seats]
    named = set[str]()
    for number, code in wanted or ():
        if code not in codes:
            file.wrong(f"the preset {preset} has no seat {code!r}{meant(code, codes)}", "seats", number)
        elif code in named:
            file.wrong(f"{code!r} is there twice; name it once", "seats", number)
        named.add(code)
    yield from (seat for seat in seats if wanted is None or seat.code in named)


@cache
def _seats(preset: str) -> tuple[ScenarioDelegation, ...]:
    file = Table(tomllib.loads(_data(PRESETS, preset)), Notes())
    return tuple(map(_delegation, file.tables("delegations")))


def _delegation(file: Table) -> ScenarioDelegation:
    delegation = ScenarioDelegation(
        code=SeatCode(file.needed("code")),
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
    found, named = list[LocalText](), set[LanguageTag]()
    for key in by_language:
        tag, words = by_language.tag(key, key), by_language.prose(key)
        if tag in named:
            by_language.wrong(f"{tag!r} is there twice; name it once", key)
        elif tag:
            named.add(tag)
            found.extend([LocalText(language=tag, text=words)] if words else [])
    return tuple(found)


def _or(given: str | None, default: str) -> str:
    return default if given is None else given


def _note(notes: Notes, refused: Refusal, from_preset: int) -> None:
    """Note a refusal at its key, unless what is noted there already explains it."""
    path = _key(refused.path[1:], from_preset)
    seats = ("preset",), ("seats",)
    if notes.told(path) or (path == ("delegations",) and any(map(notes.told, seats))):
        return
    told = sentence(refused, LanguageTag("en"), CHECKED_AT)
    if refused.code is RefusalCode.LIST_EMPTY:
        told = f"`{path[-1]}` has no element; at least one is needed."
    if refused.code is RefusalCode.UNKNOWN_RULE_SET:
        name = str(refused.params["name"])
        told = f'There is no rule set "{name[:40]}"; there are {", ".join(rule_sets())}{meant(name, rule_sets())}'
    notes.add(path, told)


def _key(path: Sequence[str], from_preset: int) -> KeyPath:
    """A refusal's path as one of the file, whose seats begin behind those of the preset."""
    key: KeyPath = tuple(int(token) if token.isdecimal() else FILE_KEYS.get(token, token) for token in path)
    match key:
        case ("delegations", int(number), *rest):
            return ("delegations", number - from_preset, *rest) if number >= from_preset else ("preset",)
        case _:
            return key


def _stems(package: str) -> tuple[str, ...]:
    files = (file.name for file in resources.files(package).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.endswith(".toml")))


def _data(package: str, name: str) -> str:
    return resources.files(package).joinpath(f"{name}.toml").read_text("utf-8")
