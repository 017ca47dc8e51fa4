"""GraphQL inputs made from the core's commands, and the commands given back from what a client sent.

Why made: a command is written once, in the core; its input adds only the envelope (session, seat, idempotency key). A
subclass cannot do it, since dataclasses forbid a mutable class, which an input is, below a frozen one.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, reduce
from operator import or_
from types import MappingProxyType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

import strawberry
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

T = TypeVar("T")
Names = Mapping[str, str]

_input_of: dict[type, type] = {}
"""A value of the core -> the input that stands for it."""
_value_of: dict[type, tuple[type, Names]] = {}
"""An input -> the value of the core it stands for, and which of its fields are named otherwise."""


def input_of(value: type, *, one_of: bool = False, names: Names = MappingProxyType({})) -> Callable[[type[T]], type[T]]:
    """A class decorator: an input with the class's own fields, then those of `value`, a frozen dataclass of the core.

    Nested dataclasses need an input of their own before. A NewType over `str` whose name ends in "Id" is shown as `ID`,
    a tuple as a list, a default of None as an optional field without a default. `names` renames fields for clients:
    `{"item": "item_id"}`. With `one_of` exactly one field may be given, so each must be optional in the core.
    Raises TypeError for what has no place in an input, when the class is decorated.
    """

    def decorate(cls: type[T]) -> type[T]:
        if value in _input_of:
            raise TypeError(f"{value.__name__} is shown as {_input_of[value].__name__} already.")
        own = dict(inspect.get_annotations(cls))
        hints = get_type_hints(value)
        for field in fields(value):
            name = names.get(field.name, field.name)
            if name in own:
                continue
            own[name] = _shown(hints[field.name], f"{value.__name__}.{field.name}")
            default = _default(field, f"{value.__name__}.{field.name}")
            if one_of and default is not UNSET:
                raise TypeError(f"{value.__name__}.{field.name} must be None by default to be one of several.")
            if default is not MISSING:
                setattr(cls, name, default)
        cls.__annotations__ = own
        made = strawberry.input(cls, description=_description(value, names), one_of=one_of)
        _input_of[value], _value_of[made] = made, (value, names)
        return made

    return decorate


def core_value(given: Any) -> Any:
    """The core's frozen value for an input a client sent: lists become tuples, the envelope stays behind.

    What the client left out is left to the core's own default.
    """
    if isinstance(given, list):
        return tuple(core_value(item) for item in given)
    if type(given) not in _value_of:
        return given
    value, names = _value_of[type(given)]
    sent = {field.name: getattr(given, names.get(field.name, field.name)) for field in fields(value)}
    return value(**{name: core_value(part) for name, part in sent.items() if part is not UNSET})


def input_type_of(value: type) -> type:
    """The input that stands for a value of the core."""
    return _input_of[value]


def input_path(input_type: type, path: tuple[str, ...]) -> list[str]:
    """A refusal's path, which names fields of the core, in the names that the client used."""
    shown, value, names = [], *_value_of[input_type]
    for step in path:
        hints = _hints(value) if value else {}
        if step not in hints:  # an index of a list, or a field of the envelope
            shown.append(to_camel_case(step))
            continue
        shown.append(to_camel_case(names.get(step, step)))
        below = next((part for part in _parts(hints[step]) if part in _input_of), None)
        value, names = _value_of[_input_of[below]] if below else (None, MappingProxyType({}))
    return shown


_hints = cache(get_type_hints)


def _parts(hint: Any) -> list[Any]:
    """The types inside tuples and unions."""
    return [part for arg in get_args(hint) for part in _parts(arg)] or [hint]


def _shown(hint: Any, where: str) -> Any:
    """`tuple[StanceGiven, ...]` -> `list[StanceGivenInput]`, and so on inside."""
    if get_origin(hint) is tuple:
        item, *rest = get_args(hint)
        if rest != [...]:
            raise TypeError(f"{where}: a tuple of fixed length has no GraphQL type.")
        return list[_shown(item, where)]
    if get_origin(hint) in (Union, UnionType):
        return reduce(or_, (part if part is type(None) else _shown(part, where) for part in get_args(hint)))
    if isinstance(hint, NewType):
        return strawberry.ID if hint.__name__.endswith("Id") and hint.__supertype__ is str else hint
    if isinstance(hint, type) and is_dataclass(hint):
        if hint not in _input_of:
            raise TypeError(f"{where}: {hint.__name__} needs an input of its own first.")
        return _input_of[hint]
    return hint


def _default(field: Field[Any], where: str) -> Any:
    """What the input has for a core field's default."""
    if field.default_factory is not MISSING:
        raise TypeError(f"{where}: a default of a command must be a value; a list's is ().")
    if field.default is None:
        return UNSET  # None would be printed as "= null"
    if field.default == ():
        return strawberry.field(default_factory=list)  # with dataclasses.field it would be required
    if is_dataclass(field.default) or isinstance(field.default, tuple):
        raise TypeError(f"{where}: a default of this kind cannot be shown.")
    return field.default


def _description(value: type, names: Names) -> str | None:
    """The value's docstring with its fields spelt as clients spell them; none when dataclasses made it up."""
    if not value.__doc__ or value.__doc__.startswith(f"{value.__name__}("):
        return None

    def spelt(found: re.Match[str]) -> str:
        return f"`{to_camel_case(names.get(found[1], found[1]))}`"

    return re.sub(r"`([a-z_]+)`", spelt, inspect.cleandoc(value.__doc__))
