"""Commands go out as inputs and come back as the commands they were."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

import pytest
import strawberry

from schema.api.documents import executable
from schema.api.inputs import core_value, input_of, input_path

WellId = NewType("WellId", str)
Rank = NewType("Rank", int)


class Depth(StrEnum):
    SHALLOW = "SHALLOW"
    DEEP = "DEEP"


strawberry.enum(Depth)


@dataclass(frozen=True, kw_only=True)
class Pump:
    """A pump; its `flow_rate` is in litres."""

    flow_rate: int
    spare_parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the water is from: a `well` or a `river`."""

    well: WellId | None = None
    river: str | None = None


@dataclass(frozen=True, kw_only=True)
class DigWell:
    """Dig a well at `place`,
    next to `neighbour`.
    """

    place: str
    neighbour: WellId | None = None
    rank: Rank = Rank(3)
    depth: Depth = Depth.SHALLOW
    deep_enough: bool = False
    pumps: tuple[Pump, ...] = ()
    sources: tuple[Source, ...] | None = None
    main_pump: Pump | None = None
    then_flooded: tuple[WellId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Undescribed:
    well: WellId


@input_of(Pump)
class PumpInput: ...


@input_of(Source, one_of=True)
class SourceInput: ...


@strawberry.input
class Envelope:
    region_id: strawberry.ID
    seat: str | None = strawberry.UNSET
    idempotency_key: str


@input_of(DigWell, names={"neighbour": "neighbour_id", "then_flooded": "then_flooded_ids"})
class DigWellInput(Envelope): ...


@input_of(Undescribed)
class UndescribedInput: ...


received: list[DigWellInput] = []


@strawberry.type
class Query:
    @strawberry.field
    def dig(self, input: DigWellInput) -> str:
        received.append(input)
        return repr(core_value(input))

    @strawberry.field
    def undescribed(self, input: UndescribedInput) -> str:
        return repr(core_value(input))


SCALARS = {Rank: strawberry.scalar(name="Rank", serialize=int, parse_value=int)}
schema = executable(Query, scalars=SCALARS)


def dug(literal: str, **variables: Any) -> DigWell:
    """The command that a resolver makes of an input."""
    head = "query($given: DigWellInput!)" if variables else ""
    result = schema.execute_sync(f"{head}{{ dig(input: {literal}) }}", variable_values=variables)
    assert result.errors is None, result.errors
    command = core_value(received[-1])
    assert result.data == {"dig": repr(command)}
    return command


def test_the_inputs_say_what_the_commands_say():
    printed = str(schema).partition('"""\nDig a well')
    assert (
        '"""\nDig a well' + printed[2].partition("type Query")[0].rstrip()
        == '''"""
Dig a well at `place`,
next to `neighbourId`.
"""
input DigWellInput {
  regionId: ID!
  seat: String
  idempotencyKey: String!
  place: String!
  neighbourId: ID
  rank: Rank! = 3
  depth: Depth! = SHALLOW
  deepEnough: Boolean! = false
  pumps: [PumpInput!]! = []
  sources: [SourceInput!]
  mainPump: PumpInput
  thenFloodedIds: [ID!]! = []
}

"""A pump; its `flowRate` is in litres."""
input PumpInput {
  flowRate: Int!
  spareParts: [String!]! = []
}'''
    )
    assert '''"""Where the water is from: a `well` or a `river`."""
input SourceInput @oneOf {
  well: ID
  river: String
}

input UndescribedInput {
  well: ID!
}''' in str(schema)


def test_what_is_left_out_is_left_to_the_core():
    assert dug('{regionId: "r", idempotencyKey: "k", place: "here"}') == DigWell(place="here")


def test_null_is_not_the_same_as_left_out_but_means_the_same_for_optional_fields():
    command = dug('{regionId: "r", idempotencyKey: "k", place: "h", neighbourId: null, sources: null, mainPump: null}')
    assert command == DigWell(place="h")


def test_everything_comes_back_as_the_core_has_it():
    everything = DigWell(
        place="there",
        neighbour=WellId("w1"),
        rank=Rank(7),
        depth=Depth.DEEP,
        deep_enough=True,
        pumps=(Pump(flow_rate=1, spare_parts=("valve", "pipe")), Pump(flow_rate=2)),
        sources=(Source(well=WellId("w2")), Source(river="Ob")),
        main_pump=Pump(flow_rate=3),
        then_flooded=(WellId("w3"), WellId("w4")),
    )
    literal = """{regionId: "r", idempotencyKey: "k", place: "there", neighbourId: "w1", rank: 7, depth: DEEP,
        deepEnough: true, pumps: [{flowRate: 1, spareParts: ["valve", "pipe"]}, {flowRate: 2}],
        sources: [{well: "w2"}, {river: "Ob"}], mainPump: {flowRate: 3}, thenFloodedIds: ["w3", "w4"]}"""
    assert dug(literal) == everything
    given = {
        "regionId": "r", "idempotencyKey": "k", "place": "there", "neighbourId": "w1", "rank": 7, "depth": "DEEP",
        "deepEnough": True, "pumps": [{"flowRate": 1, "spareParts": ["valve", "pipe"]}, {"flowRate": 2}],
        "sources": [{"well": "w2"}, {"river": "Ob"}], "mainPump": {"flowRate": 3}, "thenFloodedIds": ["w3", "w4"],
    }  # fmt: skip
    assert dug("$given", given=given) == everything
    assert isinstance(dug(literal).depth, Depth)
    assert hash(everything) == hash(dug(literal))


@pytest.mark.parametrize("source", ['{well: "w", river: "Ob"}', "{}", "{well: null}"])
def test_exactly_one_of_several_may_be_given(source: str):
    literal = f'{{regionId: "r", idempotencyKey: "k", place: "h", sources: [{source}]}}'
    result = schema.execute_sync(f"{{ dig(input: {literal}) }}")
    assert result.errors


@pytest.mark.parametrize("source", [{"well": "w", "river": "Ob"}, {}, {"well": None}])
def test_exactly_one_of_several_may_be_given_in_variables(source: dict[str, Any]):
    given = {"regionId": "r", "idempotencyKey": "k", "place": "h", "sources": [source]}
    query = "query($given: DigWellInput!) { dig(input: $given) }"
    result = schema.execute_sync(query, variable_values={"given": given})
    assert result.errors
    assert result.errors[0].path is None


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("place",), ["place"]),
        (("neighbour",), ["neighbourId"]),
        (("then_flooded", "1"), ["thenFloodedIds", "1"]),
        (("pumps", "0", "flow_rate"), ["pumps", "0", "flowRate"]),
        (("sources", "2", "well"), ["sources", "2", "well"]),
        (("region_id",), ["regionId"]),
        ((), []),
    ],
)
def test_a_refusals_path_is_told_in_the_clients_names(path: tuple[str, ...], shown: list[str]):
    assert input_path(DigWellInput, path) == shown


def test_what_has_no_place_in_an_input_is_found_when_it_is_made():
    @dataclass(frozen=True, kw_only=True)
    class Pair:
        both: tuple[int, str]

    @dataclass(frozen=True, kw_only=True)
    class Nest:
        egg: Pair

    @dataclass(frozen=True, kw_only=True)
    class Choice:
        first: int = 1

    cases = [
        (input_of(Pair), "fixed length"),
        (input_of(Nest), "Pair needs an input of its own"),
        (input_of(Choice, one_of=True), "must be None by default"),
        (input_of(Pump), "shown as PumpInput already"),
    ]
    for decorate, why in cases:
        with pytest.raises(TypeError, match=why):
            decorate(type("Some", (), {}))
