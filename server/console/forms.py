"""What a form says, as the input of a mutation: its fields are named by their place in the input, `stances.0.reason`.

Why built from the input's type: a form then can say whatever the API takes, and a page is one client among others.
"""

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
)

Form = Mapping[str, Sequence[str]]
"""What was sent, each field with all its values."""

WHOLE = frozenset(("Int", "Seq"))
TRUTH = {"true": True, "on": True, "false": False}
KEY = "idempotencyKey"
LONGEST_NUMBER = 15
WITHOUT_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?")
"""A time as a browser's own field has it; our pages ask for it in UTC."""


def input_type(schema: GraphQLSchema, mutation: str) -> GraphQLInputObjectType | None:
    """The type of a mutation's input; null when there is no mutation of this name."""
    field = schema.mutation_type.fields.get(mutation) if schema.mutation_type else None
    found = field and field.args.get("input")
    kind = found and get_nullable_type(found.type)
    return kind if isinstance(kind, GraphQLInputObjectType) else None


def input_of(kind: GraphQLInputObjectType, form: Form, **given: str) -> dict[str, Any]:
    """The input that a form and what is `given` besides come to. Its key stands for this form and for what it says: the
    same sent twice is one act, and another button of the same form another.
    """
    known = {name: [value] for name, value in given.items() if name in kind.fields}
    said = value_of(kind, {**form, **known}, "") or {}
    if KEY in said:
        said[KEY] = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return said


def value_of(given: GraphQLInputType, form: Form, path: str) -> Any:
    """What a form says at a path, as a value of this type; null when it says nothing there.

    A list of plain values is a field with several of them. A list of lists is one whose values begin with the number
    of their list, `2:…`; such are left out as begin with no number.
    """
    kind: Any = get_nullable_type(given)
    if isinstance(kind, GraphQLInputObjectType):
        found = {name: value_of(field.type, form, _below(path, name)) for name, field in kind.fields.items()}
        said = {name: value for name, value in found.items() if value is not None}
        return _left_empty(kind) | said if said else None
    if is_list_type(kind):
        return _list(get_nullable_type(kind.of_type), form, path)
    values = [value for value in form.get(path, ()) if value]
    return _plain(get_named_type(kind).name, values[-1]) if values else None


def _left_empty(kind: GraphQLInputObjectType) -> dict[str, Any]:
    """What must be said and may have been left empty: told so by the rules, which name the field, and not by GraphQL,
    which names none.
    """
    needed = {
        name: get_nullable_type(field.type) for name, field in kind.fields.items() if is_required_input_field(field)
    }
    lists: dict[str, Any] = {name: [] for name, each in needed.items() if is_list_type(each)}
    return lists | {
        name: ""
        for name, each in needed.items()
        if name != KEY and get_named_type(each).name == "String" and name not in lists
    }


def _list(kind: Any, form: Form, path: str) -> list[Any] | None:
    if is_list_type(kind):
        groups: dict[int, list[Any]] = {}
        for value in form.get(path, ()):
            number, _, rest = value.partition(":")
            if rest and is_number(number):
                groups.setdefault(int(number), []).append(_plain(get_named_type(kind).name, rest))
        return [groups[number] for number in sorted(groups)] or None
    if isinstance(kind, GraphQLInputObjectType):
        numbers = {name[len(path) + 1 :].partition(".")[0] for name in form if name.startswith(f"{path}.")}
        found = [value_of(kind, form, f"{path}.{n}") for n in sorted(filter(is_number, numbers), key=int)]
        return [value for value in found if value is not None] or None
    return [_plain(get_named_type(kind).name, value) for value in form.get(path, ()) if value] or None


def _plain(kind: str, text: str) -> Any:
    """A value as GraphQL has it; what is none of its type is left for GraphQL to refuse."""
    if kind in WHOLE:
        return int(text) if is_number(text) else text
    if kind == "Boolean":
        return TRUTH.get(text, text)
    if kind == "DateTime" and WITHOUT_ZONE.fullmatch(text):
        return f"{text}Z"
    return text.replace("\r\n", "\n")  # as browsers send what is typed


def is_number(text: str, longest: int = LONGEST_NUMBER) -> bool:
    """Whether a text is a whole number of at most so many digits."""
    return text.isascii() and text.isdigit() and len(text) <= longest


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def document_of(kind: GraphQLInputObjectType, schema: GraphQLSchema, mutation: str, shown: str) -> str:
    """The operation that gives a command; of what is accepted it asks for the receipt and for what is to be `shown`."""
    payload = schema.type_map.get(f"{mutation[0].upper()}{mutation[1:]}Payload")
    receipt = "receipt { seq }" if "receipt" in getattr(payload, "fields", {}) else ""
    asked = f"... on {payload.name} {{ {receipt} {shown} }}" if payload and (receipt or shown) else ""
    return (
        f"mutation Act($input: {GraphQLNonNull(kind)}) {{ outcome: {mutation}(input: $input) "
        f"{{ __typename ... on Refusal {{ code message rule path }} {asked} }} }}"
    )
