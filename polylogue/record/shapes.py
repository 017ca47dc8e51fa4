"""Shapes: how one type hint is written to JSON and read from it, compiled to plain functions.

Why two ways to write: most values hold no free text and need neither a pointer nor a place to leave it; keeping them
apart halves the time of an event with many stances.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import MemberDescriptorType, NoneType, UnionType
from typing import Any, NewType, Union, cast, get_args, get_origin, get_type_hints

from polylogue.record.canonical import LARGEST, OutsideDomain, check_domain
from polylogue.record.prose import Prose, Said, Sealed

Json = Mapping[str, object]
"""A field of this type is a JSON object in the domain of `canonical`, written as it stands."""

Visit = Callable[[str, Prose], object]
"""Called with each free text and its pointer; its answer is written in the text's place."""


Read = Callable[[Any], Any]
Write = Callable[[Any], Any]
Walk = Callable[[Any, str, Visit], Any]


class PayloadInvalid(ValueError):
    """A payload that does not fit its kind; `pointer` is the place (RFC 6901), `why` a clause of a sentence."""

    def __init__(self, pointer: str, why: str) -> None:
        super().__init__(f"{pointer or 'the payload'}: {why}")
        self.pointer = pointer
        self.why = why


@dataclass(frozen=True, slots=True)
class Shape:
    """How values of one type are read and written, None aside.

    `walk` writes with a pointer and a visitor for the texts inside; `write` does without, and is missing where there
    may be one.
    """

    expected: str
    read: Read
    write: Write | None
    walk: Walk


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a dataclass as a member of an object."""

    attribute: str
    name: str
    shape: Shape
    nullable: bool
    required: bool


@cache
def object_of(kind: type) -> Shape:
    """The shape of a dataclass; raises TypeError, noting the field, where the record cannot hold what it declares."""
    members = _members(kind)
    walk = _object_walker(kind, members)

    def write(value: Any) -> Any:
        return walk(value, "", _no_texts)

    holds_text = any(m.shape.write is None for m in members)
    return Shape("an object", _object_reader(kind, members), None if holds_text else write, walk)


def _members(kind: type) -> tuple[Member, ...]:
    if not _slotted(kind):
        raise TypeError(f"{kind.__name__} is not a dataclass with slots and nothing to do after its __init__")
    hints = get_type_hints(kind)
    members: list[Member] = []
    for field in fields(kind):
        try:
            choices = _choices(hints[field.name])
            shape = _shape_of(choices - {NoneType})
        except TypeError as error:
            error.add_note(f"in the field {field.name} of {kind.__name__}")
            raise
        required = field.default is MISSING and field.default_factory is MISSING
        members.append(Member(field.name, _camel(field.name), shape, NoneType in choices, required))
    names = {member.name for member in members}
    if len(names) < len(members) or not all(_plain(member.attribute) and _plain(member.name) for member in members):
        raise TypeError(f"{kind.__name__} has two members of one name, or one whose name is no identifier in ASCII")
    return tuple(members)


def _plain(name: str) -> bool:
    """Whether it may stand in a program's text, as `_object_walker` puts it there."""
    return name.isascii() and name.isidentifier()


def _slotted(kind: type) -> bool:
    if not is_dataclass(kind) or "__post_init__" in dir(kind):
        return False
    return all(isinstance(inspect.getattr_static(kind, f.name, None), MemberDescriptorType) for f in fields(kind))


def _camel(attribute: str) -> str:
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _choices(hint: Any) -> frozenset[Any]:
    return frozenset(get_args(hint)) if get_origin(hint) in (Union, UnionType) else frozenset((hint,))


def _shape_of(choices: frozenset[Any]) -> Shape:
    if choices == _PROSE:
        return Shape("a text's commitment and language", _read_sealed, None, _walk_prose)
    (hint,) = choices if len(choices) == 1 else (choices,)
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    if hint in _LEAVES:
        return _LEAVES[hint]
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return _list_of(_shape_of(_choices(get_args(hint)[0])))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _leaf(f"one of {', '.join(hint)}", {member.value: member for member in hint}.__getitem__, str.__str__)
    if isinstance(hint, type) and is_dataclass(hint):
        return object_of(hint)
    raise TypeError(f"the record cannot hold {hint}")


# ── objects ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _object_walker(kind: type, members: tuple[Member, ...]) -> Walk:
    """Writes all members in one expression made for the class: a loop over them takes three times as long."""
    write: dict[str, Any] = {f"write_{m.attribute}": m.shape.write or m.shape.walk for m in members}
    source = f"lambda value, pointer, visit: {{{', '.join(map(_member_source, members))}}}"
    write_all = cast("Walk", eval(source, write))  # noqa: S307 -- of nothing but names that are `_plain`

    def walk(value: Any, pointer: str, visit: Visit) -> dict[str, Any]:
        try:
            return write_all(value, pointer, visit)
        except _UNWRITABLE as error:
            error.add_note(f"in {_fault(members, value)} of a {kind.__name__}")
            raise

    return walk


def _member_source(m: Member) -> str:
    value = f"value.{m.attribute}"
    place = "" if m.shape.write else f", pointer + '/{m.name}', visit"
    absent = f"None if {value} is None else " if m.nullable else ""
    return f"'{m.name}': {absent}write_{m.attribute}({value}{place})"


def _fault(members: tuple[Member, ...], value: Any) -> str:
    """The member that cannot be written; where all can, it was the visitor who would not have a text."""
    for m in members:
        try:
            inner = getattr(value, m.attribute)
            if inner is not None or not m.nullable:
                m.shape.walk(inner, "", lambda _pointer, _prose: None)
        except _UNWRITABLE:
            return m.name
    return "a text"


def _object_reader(kind: type, members: tuple[Member, ...]) -> Read:
    """Reads all members in one expression made for the class, for the reason that `_object_walker` has.

    This looks wrong, and is right: to fill the slots is all that __init__ does in a class that `_slotted` lets in, and
    done here it takes about half the time.
    """
    count = len(members)
    fill: dict[str, Any] = {f"fill_{m.attribute}": getattr(kind, m.attribute).__set__ for m in members}
    read_inner: dict[str, Any] = {f"read_{m.attribute}": m.shape.read for m in members}
    source = f"lambda given: (made := new(kind), {', '.join(map(_filled_source, members))})[0]"
    names = {"new": object.__new__, "kind": kind, **fill, **read_inner}
    read_all = cast("Read", eval(source, names))  # noqa: S307 -- of nothing but names that are `_plain`

    def read(payload: Any) -> Any:
        try:
            if len(payload) == count:
                return read_all(payload)
        except _UNFIT:
            pass  # read again with care: for the default of a missing member, or to say which one is at fault
        return _read_with_care(kind, members, payload)

    return read


def _filled_source(m: Member) -> str:
    read = f"read_{m.attribute}(inner)"
    if fits := _FITS.get(m.shape.read):  # most members are leaves: where they fit they need no call
        read = f"inner if {fits} else {read}"
    absent = "None if inner is None else " if m.nullable else ""
    return f"(inner := given['{m.name}']), fill_{m.attribute}(made, {absent}{read})"


def _read_with_care(kind: type, members: tuple[Member, ...], payload: Any) -> Any:
    if type(payload) is not dict:
        raise PayloadInvalid("", "an object is expected")
    given = cast("dict[str, Any]", payload)
    if unknown := given.keys() - {m.name for m in members}:
        raise PayloadInvalid(f"/{min(unknown)}", f"{kind.__name__} has no such member")
    found: dict[str, Any] = {}
    for member in members:
        if member.name in given:
            value = given[member.name]
            absent = value is None and member.nullable
            found[member.attribute] = None if absent else _read_at(member.name, member.shape, value)
        elif member.required:
            raise PayloadInvalid(f"/{member.name}", f"a {kind.__name__} must have this member")
    return kind(**found)


def _read_at(token: object, shape: Shape, value: Any) -> Any:
    try:
        return shape.read(value)
    except (PayloadInvalid, OutsideDomain) as found:
        raise PayloadInvalid(f"/{token}{found.pointer}", found.why) from None
    except _UNFIT:
        raise PayloadInvalid(f"/{token}", f"{shape.expected} is expected") from None


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _list_of(shape: Shape) -> Shape:
    write_one, walk_one, read_one = shape.write, shape.walk, shape.read

    def walk(value: Any, pointer: str, visit: Visit) -> list[Any]:
        return [walk_one(inner, f"{pointer}/{index}", visit) for index, inner in enumerate(_tuple(value))]

    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise TypeError("a list is expected")
        given = cast("list[Any]", value)
        try:
            return tuple(map(read_one, given))
        except _UNFIT:
            return tuple(_read_at(index, shape, inner) for index, inner in enumerate(given))

    return Shape("a list", read, write_one and _list_writer(write_one), walk)


def _list_writer(write_one: Write) -> Write:
    def write(value: Any) -> list[Any]:
        return list(map(write_one, _tuple(value)))

    return write


def _tuple(value: Any) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"a tuple is expected, not a {type(value).__name__}")
    return cast("tuple[Any, ...]", value)


# ── single values ────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole(value: Any) -> int:
    if type(value) is not int or not -LARGEST <= value <= LARGEST:
        raise ValueError(f"an integer within ±(2^53 - 1) is expected, not {value!r}")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(f"true or false is expected, not {value!r}")
    return value


def _object_as_it_stands(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise TypeError(f"a JSON object is expected, not a {type(value).__name__}")
    found = cast("dict[str, Any]", value)
    check_domain(found)
    return found


def _walk_prose(value: Any, pointer: str, visit: Visit) -> object:
    if not isinstance(value, Said | Sealed):
        raise TypeError(f"a text is expected, not a {type(value).__name__}")
    return visit(pointer, value)


def _read_sealed(value: Any) -> Sealed:
    if len(value) != 2:  # noqa: PLR2004 -- the commitment and the language
        raise TypeError("a text has two members")
    return Sealed(str.__str__(value["c"]), str.__str__(value["language"]))


def _leaf(expected: str, read: Read, write: Write) -> Shape:
    def walk(value: Any, _pointer: str, _visit: Visit) -> Any:
        return write(value)

    return Shape(expected, read, write, walk)


def _no_texts(pointer: str, _: Prose) -> object:
    raise AssertionError(f"a text at {pointer}, where none can be")


_PROSE = frozenset((Said, Sealed))
_UNFIT = (KeyError, TypeError, ValueError)
_UNWRITABLE = (AttributeError, TypeError, ValueError)
_FITS: Mapping[Read, str] = {
    str.__str__: "type(inner) is str",
    _whole: f"type(inner) is int and {-LARGEST} <= inner <= {LARGEST}",
    _truth: "type(inner) is bool",
}
"""When a value read from JSON as `inner` is, as it stands, what the leaf's `read` would give."""
_LEAVES: dict[Any, Shape] = {
    # str.__str__ takes only text, and makes plain text of an enumeration's member: in C, for most members are text
    str: _leaf("text", str.__str__, str.__str__),
    int: _leaf("an integer within ±(2^53 - 1)", _whole, _whole),
    bool: _leaf("true or false", _truth, _truth),
    Json: _leaf("a JSON object", _object_as_it_stands, _object_as_it_stands),
}
