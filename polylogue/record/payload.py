"""Events as JSON payloads and back, driven by the fields and type hints of their frozen dataclasses.

Why driven by the classes: a payload cannot drift from its event. Why compiled once per class: a session is folded from
thousands of payloads, and looking at type hints costs more than all the rest.

In a payload every member is always written, in camelCase: an absent value is null, an empty tuple []. An enumeration
is its value, a free text `{"c": commitment, "language": tag}`. Pointers are RFC 6901, from the payload's root.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from polylogue.record.prose import Prose, Said
from polylogue.record.shapes import Json, PayloadInvalid, object_of

__all__ = ["Json", "PayloadInvalid", "Seal", "decode", "encode", "texts"]

Seal = Callable[[str, Said], str]
"""Takes a text with its pointer, keeps it, and answers with its commitment in hex."""

Event = TypeVar("Event")


def encode(event: object, seal: Seal) -> dict[str, Any]:
    """The payload of an event; `seal` is called once for each text on its way in, in the order of `texts`.

    A text already sealed is written as it is. The result lies in the domain of `canonical`, but for unpaired
    surrogates, which `canonical` refuses itself. Raises TypeError or ValueError, noting the place, where a value is not
    what its field declares.
    """

    def reference(pointer: str, prose: Prose) -> dict[str, str]:
        return {"c": seal(pointer, prose) if isinstance(prose, Said) else prose.c, "language": prose.language}

    return object_of(type(event)).walk(event, "", reference)


def decode(kind: type[Event], payload: object) -> Event:
    """The event of this kind from its payload, each text sealed.

    Members for fields with a default may be missing (an older version of the kind); any other missing, unknown or unfit
    member raises PayloadInvalid, naming its place.
    """
    return cast("Event", object_of(kind).read(payload))


def texts(event: object) -> tuple[tuple[str, Prose], ...]:
    """The free texts of an event with their pointers, depth first, in the order of the fields."""
    found: list[tuple[str, Prose]] = []
    object_of(type(event)).walk(event, "", lambda pointer, prose: found.append((pointer, prose)))
    return tuple(found)
