"""A rule set as the rules read it: from its data on the shelf, or as it stands in a session's first event.

Why data: thresholds, timings and who may do what differ between houses; conditions that are no numbers are a closed
list of named guards, which a rule set switches on (docs/procedure.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from polylogue.vocabulary import DecisionType, ItemPhase, Role, SessionPhase, Standing, TextState


class Guard(StrEnum):
    """Named conditions; polylogue/procedure/guards.py says what each asks."""

    NO_CALL_OPEN = "NO_CALL_OPEN"
    SPONSOR = "SPONSOR"
    PROPOSER = "PROPOSER"
    NOT_OBJECTED = "NOT_OBJECTED"
    PROVISION_LEFT = "PROVISION_LEFT"
    NO_BRACKET = "NO_BRACKET"
    SUPPORTED = "SUPPORTED"
    AUTHENTIC_VERSIONS = "AUTHENTIC_VERSIONS"
    OWN_LANGUAGE = "OWN_LANGUAGE"
    QUORUM = "QUORUM"
    CIRCULATION_OVER = "CIRCULATION_OVER"
    SITTING_RUNNING = "SITTING_RUNNING"
    WINDOW_OVER = "WINDOW_OVER"
    ANSWERED = "ANSWERED"


class RuleSetInvalid(Exception):
    """A rule set that says something impossible; the message names where."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """An exact share of a base. `needed(n)` is the smallest number that meets it."""

    fraction: Fraction
    base: str
    strict: bool

    def needed(self, size: int) -> int:
        exact = self.fraction * size
        return int(exact) + 1 if self.strict else -int(-exact // 1)


@dataclass(frozen=True, slots=True)
class CommandRule:
    """Who may give a command, and when. `seat` lists standings when it is done for a delegation."""

    rule: str
    by: tuple[Role, ...]
    seat: tuple[Standing, ...]
    session: frozenset[SessionPhase]
    item: frozenset[ItemPhase]
    text: frozenset[TextState]
    guards: frozenset[Guard]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """`circulation_ms` and `objection_window_ms` before the scenario's clock scale; `eligible` are the standings whose
    stances count and whose objections block.
    """

    name: str
    title: str
    eligible: frozenset[Standing]
    quorum: Threshold
    circulation_ms: int
    objection_window_ms: int
    object_needs_reason: bool
    call_types: frozenset[DecisionType]
    without_concerned: frozenset[DecisionType]
    enter_for: tuple[Role, ...]
    commands: Mapping[str, CommandRule]


UNDER_WAY = ("DELIBERATION", "NEGOTIATION", "DECISION")
"""Phases of an item in which a command is possible unless its row says otherwise."""

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?|P(\d+)D", re.ASCII)


def milliseconds(duration: str) -> int:
    """An ISO 8601 duration of days, or of hours, minutes and seconds, in milliseconds."""
    found = _DURATION.fullmatch(duration)
    if not found or duration == "PT":
        raise RuleSetInvalid(f"{duration!r} is no duration such as PT30M or P1D")
    hours, minutes, seconds, fraction, days = found.groups("0")
    whole = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def parse(data: Mapping[str, Any]) -> RuleSet:
    """A rule set from its data after inheritance; raises RuleSetInvalid, naming what is missing or impossible.

    This is how a session's own rules are read from its record, so nothing is asked here that a later version of the
    software may see otherwise: a command without a row is only not permitted. The shelf asks `checked` for more.
    """
    where = str(data.get("name", "a rule set without a name"))
    try:
        calls = data["calls"]
        return RuleSet(
            name=_text(data["name"]),
            title=_text(data["title"]),
            eligible=frozenset(map(Standing, data.get("eligible", ("MEMBER",)))),
            quorum=_threshold(data["quorum"]),
            circulation_ms=milliseconds(data["timings"]["circulation"]),
            objection_window_ms=milliseconds(data["timings"]["objection_window"]),
            object_needs_reason=_truth(data["stances"]["object_needs_reason"]),
            call_types=frozenset(map(DecisionType, calls["types"])),
            without_concerned=frozenset(map(DecisionType, calls["without_concerned"])),
            enter_for=tuple(map(Role, data["enter_for"])),
            commands={name: _command(row) for name, row in data["commands"].items()},
        )
    except KeyError as missing:
        raise RuleSetInvalid(f"{where}: {missing} is missing") from missing
    except (ValueError, TypeError, AttributeError, ZeroDivisionError, RuleSetInvalid) as wrong:
        raise RuleSetInvalid(f"{where}: {wrong}") from wrong


def checked(data: Mapping[str, Any], known_commands: frozenset[str]) -> RuleSet:
    """A rule set that is put on the shelf: as `parse`, and nothing is missing, misspelt or without effect."""
    rules = parse(data)
    for table, keys in _KEYS.items():
        inside: Mapping[str, Any] = data.get(table, {}) if table else data
        if unknown := set(inside) - keys:
            raise RuleSetInvalid(f"{rules.name}: unknown in {table or 'the rule set'}: {', '.join(sorted(unknown))}")
    for name, row in data["commands"].items():
        if unknown := set(row) - _ROW_KEYS:
            raise RuleSetInvalid(f"{rules.name}: unknown in the row of {name}: {', '.join(sorted(unknown))}")
    for name in sorted(_SEATED):
        if (row := rules.commands.get(name)) and (row.by or not row.seat):
            raise RuleSetInvalid(f"{rules.name}: {name} is done for a delegation: its row has `seat` and no `by`")
    if unknown := set(rules.commands) ^ known_commands:
        raise RuleSetInvalid(f"{rules.name}: commands unknown or without a row: {', '.join(sorted(unknown))}")
    return rules


_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        ["name", "title", "eligible", "quorum", "timings", "stances", "calls", "languages", "enter_for", "commands"]
    ),
    "quorum": frozenset(("fraction", "base", "strict")),
    "timings": frozenset(("circulation", "objection_window")),
    "stances": frozenset(("object_needs_reason",)),
    "calls": frozenset(("types", "without_concerned")),
    "languages": frozenset(("official", "working")),
}
_SEATED = frozenset(
    (
        "PostPosition",
        "StateStances",
        "RankCandidates",
        "AnswerCandidate",
        "ProposeAmendment",
        "WithdrawAmendment",
        "RaiseObjection",
        "MaintainObjection",
        "WithdrawObjection",
        "PlaceOpinionOnRecord",
    )
)
_ROW_KEYS = frozenset(("rule", "by", "seat", "session", "item", "text", "guards"))


def _threshold(data: Mapping[str, Any]) -> Threshold:
    found = Threshold(Fraction(_text(data["fraction"])), _text(data["base"]), _truth(data["strict"]))
    reachable = 0 < found.fraction < 1 or (found.fraction == 1 and not found.strict)
    if not reachable or found.base != "eligible":
        raise RuleSetInvalid("a quorum is a fraction of 'eligible' that can be reached, such as \"2/3\"")
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise RuleSetInvalid(f'{value!r} is no text; fractions too are written as text, such as "2/3"')
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise RuleSetInvalid(f"{value!r} is neither true nor false")
    return value


def _command(row: Mapping[str, Any]) -> CommandRule:
    return CommandRule(
        rule=str(row["rule"]),
        by=tuple(map(Role, row.get("by", ()))),
        seat=tuple(map(Standing, row.get("seat", ()))),
        session=frozenset(map(SessionPhase, row.get("session", ("OPEN",)))),
        item=frozenset(map(ItemPhase, row.get("item", UNDER_WAY))),
        text=frozenset(map(TextState, row.get("text", tuple(TextState)))),
        guards=frozenset(map(Guard, row.get("guards", ()))),
    )
