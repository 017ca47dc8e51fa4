"""The rule sets that ship with the software, read from their files.

Why apart from what a rule set is: replaying a session needs no file, its first event holds its rules.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, cast, get_args

from polylogue.commands import Command
from polylogue.rules.ruleset import RuleSet, checked

COMMANDS = frozenset(kind.__name__ for kind in get_args(Command))


@cache
def names() -> tuple[str, ...]:
    """Names of the rule sets on the shelf, `<name>/<version>`."""
    return tuple(
        sorted(_name(file.name) for file in resources.files("polylogue.rules").iterdir() if file.name.endswith(".toml"))
    )


@cache
def whole(name: str) -> dict[str, Any]:
    """A rule set's data after inheritance. Raises KeyError when there is none of that name."""
    if name not in names():
        raise KeyError(name)
    text = resources.files("polylogue.rules").joinpath(f"{name.replace('/', '-')}.toml").read_text("utf-8")
    own = tomllib.loads(text)
    parent = own.pop("inherits", None)
    return _over(whole(parent), own) if parent else own


@cache
def rule_set(name: str) -> RuleSet:
    """A rule set by name. Raises KeyError when there is none, RuleSetInvalid when its file is wrong."""
    return checked(whole(name), COMMANDS)


def _name(file: str) -> str:
    stem, _, version = file.removesuffix(".toml").rpartition("-")
    return f"{stem}/{version}"


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged, everything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        kept = below.get(key)
        both = isinstance(value, dict) and isinstance(kept, dict)
        merged[key] = _over(cast("dict[str, Any]", kept), cast("dict[str, Any]", value)) if both else value
    return merged
