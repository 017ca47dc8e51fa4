"""Payloads: what is read is what was written, for every kind of event; what does not fit is refused with its place."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from types import NoneType
from typing import Any, ClassVar, NewType, cast, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polylogue.events import KINDS, Event, InterestsStated, SessionClosed, Stance, StancesStated
from polylogue.record.canonical import LARGEST, canonical, check_domain
from polylogue.record.payload import Json, PayloadInvalid, decode, encode, texts
from polylogue.record.prose import Prose, Said, Sealed
from polylogue.vocabulary import ItemId, PositionId, ProvisionId, StanceLevel

HEX = "0123456789abcdef"
PLAIN_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
BY_HINT: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(-LARGEST, LARGEST),
    bool: st.booleans(),
    NoneType: st.none(),
    Said: st.builds(Said, st.sampled_from(["ru", "zh-Hans"]), st.text(max_size=8)),
    Sealed: st.builds(Sealed, st.text(HEX, min_size=64, max_size=64), st.just("en")),
    Json: st.dictionaries(st.text(HEX), PLAIN_JSON, max_size=3),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, NewType):
        return values_of(hint.__supertype__)
    if hint in BY_HINT:
        return BY_HINT[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: values_of(hints[field.name]) for field in fields(hint)})
    if str(hint).startswith("tuple["):
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    return st.one_of(*map(values_of, get_args(hint)))


def seal(pointer: str, said: Said) -> str:
    return f"{pointer} {said.words}"


def sealed(value: Any, pointer: str = "") -> Any:
    """The value with each text sealed, found by another walk than the one under test."""
    match value:
        case Said():
            return Sealed(seal(pointer, value), value.language)
        case tuple():
            return tuple(sealed(v, f"{pointer}/{i}") for i, v in enumerate(cast("tuple[Any, ...]", value)))
        case _ if is_dataclass(value) and not isinstance(value, Sealed | type):
            names = [field.name for field in fields(value)]
            return replace(value, **{n: sealed(getattr(value, n), f"{pointer}/{camel(n)}") for n in names})
        case _:
            return value


def camel(name: str) -> str:
    return "".join(letter.upper() if before == "_" else letter for before, letter in zip("x" + name, name, strict=False)
                   if letter != "_")  # fmt: skip


def stances_stated() -> StancesStated:
    bare = Stance(
        provision=ProvisionId("p1"), alternative=None, revision=2, level=StanceLevel.ACCEPT, importance=1,
        reason=None, would_be_removed_by=None, if_agreed=ProvisionId("p7"), bulk=True,
    )  # fmt: skip
    objection = replace(
        bare, level=StanceLevel.OBJECT, reason=Said("ru", "мало воды"), would_be_removed_by=Sealed("c0", "en"),
    )  # fmt: skip
    return StancesStated(item=ItemId("i1"), stances=(bare, objection))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_is_read_as_it_was_written(kind: type[Event], data: st.DataObject):
    event = data.draw(values_of(kind))
    payload = encode(event, seal)
    check_domain(payload)
    read = decode(kind, json.loads(canonical(payload)))
    assert read == sealed(event)
    assert type(read) is kind


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(KINDS.values())).flatmap(values_of))
def test_texts_lie_where_their_pointers_say(event: Event):
    asked: list[tuple[str, Prose]] = []
    payload = encode(event, lambda pointer, said: asked.append((pointer, said)) or "c")
    assert asked == [(pointer, prose) for pointer, prose in texts(event) if isinstance(prose, Said)]
    for pointer, prose in texts(event):
        place: Any = payload
        for token in pointer.split("/")[1:]:
            place = place[int(token)] if isinstance(place, list) else place[token]
        assert place == {"c": prose.c if isinstance(prose, Sealed) else "c", "language": prose.language}


def test_every_member_is_written_in_the_names_of_the_api():
    assert encode(stances_stated(), seal) == {
        "item": "i1",
        "stances": [
            {
                "provision": "p1", "alternative": None, "revision": 2, "level": "ACCEPT", "importance": 1,
                "reason": None, "wouldBeRemovedBy": None, "ifAgreed": "p7", "bulk": True,
            },
            {
                "provision": "p1", "alternative": None, "revision": 2, "level": "OBJECT", "importance": 1,
                "reason": {"c": "/stances/1/reason мало воды", "language": "ru"},
                "wouldBeRemovedBy": {"c": "c0", "language": "en"}, "ifAgreed": "p7", "bulk": True,
            },
        ],
    }  # fmt: skip
    assert encode(SessionClosed(), seal) == {}
    assert encode(StancesStated(item=ItemId("i1"), stances=()), seal) == {"item": "i1", "stances": []}


def test_an_enumeration_is_written_as_plain_text():
    assert type(encode(stances_stated(), seal)["stances"][0]["level"]) is str


GONE = ...


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        ("/item", GONE, "must have this member"),
        ("/item", None, "text is expected"),
        ("/item", 1, "text is expected"),
        ("/extra", 1, "no such member"),
        ("/stances", None, "a list is expected"),
        ("/stances", "p1", "a list is expected"),
        ("/stances", {}, "a list is expected"),
        ("/stances/0", None, "an object is expected"),
        ("/stances/1", [1] * 9, "an object is expected"),
        ("/stances/1/reason", GONE, "must have this member"),
        ("/stances/1/why", "words", "no such member"),
        ("/stances/1/level", "LOVE", "one of SUPPORT, ACCEPT"),
        ("/stances/1/level", None, "one of SUPPORT, ACCEPT"),
        ("/stances/1/level", [], "one of SUPPORT, ACCEPT"),
        ("/stances/0/revision", 1.0, "an integer"),
        ("/stances/0/revision", True, "an integer"),
        ("/stances/0/revision", LARGEST + 1, "an integer"),
        ("/stances/0/bulk", 1, "true or false"),
        ("/stances/0/reason", "words", "commitment and language"),
        ("/stances/1/reason", {"c": "c0"}, "commitment and language"),
        ("/stances/1/reason", {"c": "c0", "language": 1}, "commitment and language"),
        ("/stances/1/reason", {"c": "c0", "language": "en", "words": "!"}, "commitment and language"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_its_place(place: str, value: Any, why: str):
    payload = encode(stances_stated(), seal)
    *path, last = place.split("/")[1:]
    target: Any = payload
    for token in path:
        target = target[int(token)] if isinstance(target, list) else target[token]
    if value is GONE:
        del target[last]
    else:
        target[int(last) if isinstance(target, list) else last] = value
    with pytest.raises(PayloadInvalid, match=why) as found:
        decode(StancesStated, payload)
    assert found.value.pointer == place


@pytest.mark.parametrize("payload", [None, [], "text", 1, [1, 2]], ids=str)
def test_a_payload_is_an_object(payload: Any):
    with pytest.raises(PayloadInvalid, match="an object is expected"):
        decode(StancesStated, payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    v: ClassVar[int] = 2
    rules: Json
    seats: tuple[str, ...] = ("KAZ",)
    level: StanceLevel = StanceLevel.NEUTRAL
    note: Prose | None = None


def test_an_older_payload_is_read_with_the_defaults_of_what_came_later():
    assert decode(Ruled, {"rules": {}}) == Ruled(rules={})
    assert decode(Ruled, {"rules": {}, "seats": []}) == Ruled(rules={}, seats=())
    with pytest.raises(PayloadInvalid, match="/level"):
        decode(Ruled, {"rules": {}, "level": None})


@pytest.mark.parametrize("rules", [{"quorum": 0.5}, {"кворум": 1}, ["quorum"], None], ids=str)
def test_json_outside_the_domain_is_neither_written_nor_read(rules: Any):
    with pytest.raises((TypeError, ValueError)) as found:
        encode(Ruled(rules=rules), seal)
    assert found.value.__notes__ == ["in rules of a Ruled"]
    with pytest.raises(PayloadInvalid, match="/rules"):
        decode(Ruled, {"rules": rules})


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": 1},
        {"item": None},
        {"stances": None},
        {"stances": [stances_stated().stances[0]]},
        {"stances": (replace(stances_stated().stances[0], revision=LARGEST + 1),)},
        {"stances": (replace(stances_stated().stances[0], reason=cast("Prose", "bare words")),)},
        {"stances": (replace(stances_stated().stances[0], bulk=cast("bool", 1)),)},
    ],
    ids=range(7),
)
def test_a_value_that_is_not_what_its_field_declares_is_not_written(wrong: dict[str, Any]):
    with pytest.raises((TypeError, ValueError)) as found:
        encode(replace(stances_stated(), **wrong), seal)
    assert found.value.__notes__[-1] == f"in {next(iter(wrong))} of a StancesStated"


def test_a_text_that_must_be_there_is_not_written_without_words():
    missing = InterestsStated(
        position=PositionId("a"), item=ItemId("b"), revision=1, text=cast("Prose", None),
    )  # fmt: skip
    with pytest.raises(TypeError, match="a text is expected, not a NoneType"):
        encode(missing, seal)


@dataclass(frozen=True, slots=True)
class WithFloat:
    share: float


@dataclass(frozen=True, slots=True)
class WithEither:
    which: int | str


@dataclass(frozen=True, slots=True)
class WithList:
    seats: list[str]


@dataclass(frozen=True, slots=True)
class WithPair:
    pair: tuple[int, int]


@dataclass(frozen=True, slots=True)
class WithGaps:
    reasons: tuple[Prose | None, ...]


@dataclass(frozen=True, slots=True)
class Nested:
    inner: tuple[WithFloat, ...]


@dataclass(frozen=True)
class WithoutSlots:
    seat: str


@dataclass(frozen=True, slots=True)
class WithAfterthought:
    seat: str

    def __post_init__(self) -> None: ...


@dataclass(frozen=True, slots=True)
class TwoOfOneName:
    seat_code: str
    seatCode: str  # noqa: N815 -- the fault under test


@dataclass(frozen=True, slots=True)
class NotAscii:
    größe: int  # noqa: PLC2401 -- the fault under test


@dataclass(frozen=True, slots=True)
class Numbered:
    """Its member would be called 1."""

    _1: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Python takes no such name, but a class can be bent."""

    seat: str


QUOTE = "seat': 1/0, 'x"
Quoted.__dataclass_fields__["seat"].name = QUOTE
Quoted.__annotations__[QUOTE] = str
setattr(Quoted, QUOTE, Quoted.__dict__["seat"])


@pytest.mark.parametrize(
    "kind",
    [WithFloat, WithEither, WithList, WithPair, WithGaps, Nested, WithoutSlots, WithAfterthought, TwoOfOneName,
     NotAscii, Numbered, Quoted, str],
)  # fmt: skip
def test_a_class_that_the_record_cannot_hold_is_refused(kind: type):
    with pytest.raises(TypeError, match=r"the record cannot hold|not a dataclass with slots|of one name"):
        decode(kind, {})
