"""A session's state as it stands, apart from the one that goes on.

Why copied: a search takes seconds, and meanwhile the session is folded on, for which nobody should wait.
"""

from copy import copy
from dataclasses import fields, is_dataclass
from typing import Any

from polylogue.stances import Held, Stances
from polylogue.state import State


def still(state: State) -> State:
    """The state, with copies of all of its parts that an entry may change."""
    return _still(state)


def _still(value: Any) -> Any:
    """Stances are replaced and never changed, as frozen values are.

    That a value is frozen is seen from what it does: where the API has shown a class, its dataclass says it no more.
    """
    if isinstance(value, Held):
        return value
    if isinstance(value, dict):
        return {key: _still(own) for key, own in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_still(own) for own in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, set | Stances):
        return copy(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if is_dataclass(value) and type(value).__setattr__ is object.__setattr__:
        found = copy(value)
        for each in fields(value):
            setattr(found, each.name, _still(getattr(value, each.name)))
        return found
    return value
