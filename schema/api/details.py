"""What an entry says, as GraphQL types: one for each kind of event, made from the event's own class.

Why made: an event is written once, in the core, and its payload's names are the API's; only its free texts, which a
payload holds as commitments, are shown as words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

import strawberry
from strawberry.utils.str_converters import to_camel_case

from polylogue import events
from polylogue.record.payload import Json
from polylogue.record.prose import Said, Sealed
from schema.api.rows import Place
from schema.api.rulesets import RuleSet, rule_set_shown
from schema.api.values import LanguageVersion, Milliseconds, Text, described, text_of

Texts = Mapping[Place, Text]
Show = Callable[[Any, str, int, Texts], Any]
"""Shows a value that stands at a pointer in the payload of entry `seq`."""

_PROSE = frozenset((Said, Sealed))
_KINDS = frozenset(events.KINDS.values())
_NAMES = {
    events.Seat: "ListedDelegation",
    events.Item: "ListedItem",
    events.Clause: "ListedProvision",
    events.Stance: "StatedStance",
    events.Candidate: "ProposedCandidate",
    events.CandidateWording: "ProposedWording",
    events.CandidateStance: "AnsweredClause",
}
"""Parts of events whose own name means something else in the API: what was said then is not what holds now."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How values of one hint are shown: their GraphQL type, and how; null where they are shown as they are."""

    type: Any
    show: Show | None


def shown_event(event: Any, seq: int, texts: Texts) -> Any:
    """The detail of an event. Of a text that is not among `texts` only the language is shown."""
    show = shown_as(type(event)).show
    return show(event, "", seq, texts) if show else event


@cache
def shown_as(kind: type) -> Shown:
    """How a dataclass is shown: as itself, where nothing in it is shown in another way."""
    if kind is events.Version:
        return Shown(LanguageVersion, _version)
    hints = get_type_hints(kind)
    parts = {field.name: _field(kind, field.name, hints[field.name]) for field in fields(kind)}
    if kind not in _KINDS and not any(part.show for part in parts.values()):
        return Shown(kind, None)
    version = {"v": kind.v} if kind in _KINDS else {}
    annotated = [(name, int) for name in version] + [(name, part.type) for name, part in parts.items()]
    made: Any = make_dataclass(_NAMES.get(kind, kind.__name__), annotated, kw_only=True)
    made.__module__ = __name__
    made = strawberry.type(made, description=described(kind))
    plain = tuple(name for name, part in parts.items() if not part.show)
    deep = tuple((name, f"/{to_camel_case(name)}", part.show) for name, part in parts.items() if part.show)

    def show(value: Any, pointer: str, seq: int, texts: Texts) -> Any:
        found: dict[str, Any] = dict(version)
        for name in plain:
            found[name] = getattr(value, name)
        for name, token, inner in deep:
            found[name] = inner(getattr(value, name), pointer + token, seq, texts)
        return made(**found)

    return Shown(made, show)


def _field(kind: type, name: str, hint: Any) -> Shown:
    found = _hint(hint)
    if name.endswith("_ms"):
        return Shown(Milliseconds, None)
    # A text that one kind may lack is nullable in all: `... on X { reason { text } }` side by side must agree.
    if found.type is Text and kind in _KINDS and name in _sometimes_absent():
        return Shown(Text | None, found.show)
    return found


@cache
def _sometimes_absent() -> frozenset[str]:
    """Names of texts that some kind of event may lack."""
    hints = [item for kind in _KINDS for item in get_type_hints(kind).items()]
    return frozenset(name for name, hint in hints if _choices(hint) == _PROSE | {NoneType})


def _hint(hint: Any) -> Shown:
    choices = _choices(hint)
    if choices - {NoneType} == _PROSE:
        shown = Shown(Text, _text)
    elif hint == Json:
        return Shown(RuleSet, _rule_set)
    elif len(rest := choices - {NoneType}) > 1:
        raise TypeError(f"no GraphQL type for {hint}")
    else:
        (one,) = rest
        shown = _one(one)
    if NoneType not in choices:
        return shown
    return Shown(shown.type | None if shown.show else hint, shown.show and _if_there(shown.show))


def _one(hint: Any) -> Shown:
    if get_origin(hint) is tuple:
        inner = _hint(get_args(hint)[0])
        return Shown(list[inner.type], inner.show and _each(inner.show))
    return shown_as(hint) if is_dataclass(hint) and isinstance(hint, type) else Shown(hint, None)


def _choices(hint: Any) -> frozenset[Any]:
    return frozenset(get_args(hint)) if get_origin(hint) in (Union, UnionType) else frozenset((hint,))


# ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(value: Any, pointer: str, seq: int, texts: Texts) -> Text | None:
    if value is None:
        return None
    return texts.get((seq, pointer)) or text_of(None, value.language)


def _version(value: events.Version, pointer: str, seq: int, texts: Texts) -> LanguageVersion:
    text = texts.get((seq, f"{pointer}/text"))
    return LanguageVersion(language=value.language, status=value.status, text=text and text.text, erased=text is None)


def _rule_set(value: Json, _pointer: str, _seq: int, _texts: Texts) -> RuleSet:
    return rule_set_shown(value)


def _if_there(show: Show) -> Show:
    return lambda value, pointer, seq, texts: None if value is None else show(value, pointer, seq, texts)


def _each(show: Show) -> Show:
    return lambda value, pointer, seq, texts: [
        show(one, f"{pointer}/{place}", seq, texts) for place, one in enumerate(value)
    ]


if TYPE_CHECKING:
    EventDetail = Any
else:
    EventDetail = Annotated[
        Union[tuple(shown_as(kind).type for kind in events.KINDS.values())],  # noqa: UP007 - made from a list
        strawberry.union("EventDetail", description="What an entry says; the type is named after its kind."),
    ]
