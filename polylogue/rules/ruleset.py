"""A rule set as the rules read it: validated, hashed, copied whole into a session's first event.

Why data: thresholds, timings and who may do what differ between houses; conditions that are no numbers are a closed
list of named guards, which a rule set switches on.
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
    """`circulation_ms` and `objection_window_ms` before the scenario's clock scale."""

    name: str
    title: str
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

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?|P(\d+)D")


def milliseconds(duration: str) -> int:
    """An ISO 8601 duration of days, or of hours, minutes and seconds, in milliseconds."""
    found = _DURATION.fullmatch(duration)
    if not found or duration == "PT":
        message = f"{duration!r} is no duration such as PT30M or P1D"
        raise RuleSetInvalid(message)
    hours, minutes, seconds, fraction, days = found.groups("0")
    whole = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def parse(data: Mapping[str, Any], known_commands: frozenset[str]) -> RuleSet:
    """A rule set from its data after inheritance; RuleSetInvalid names what is wrong."""
    where = str(data.get("name", "a rule set without a name"))
    try:
        quorum = data["quorum"]
        calls = data["calls"]
        rules = RuleSet(
            name=data["name"],
            title=data["title"],
            quorum=Threshold(Fraction(quorum["fraction"]), quorum["base"], bool(quorum["strict"])),
            circulation_ms=milliseconds(data["timings"]["circulation"]),
            objection_window_ms=milliseconds(data["timings"]["objection_window"]),
            object_needs_reason=bool(data["stances"]["object_needs_reason"]),
            call_types=frozenset(map(DecisionType, calls["types"])),
            without_concerned=frozenset(map(DecisionType, calls["without_concerned"])),
            enter_for=tuple(map(Role, data["enter_for"])),
            commands={name: _command(row) for name, row in data["commands"].items()},
        )
    except KeyError as missing:
        message = f"{where}: {missing} is missing"
        raise RuleSetInvalid(message) from missing
    except (ValueError, TypeError) as wrong:
        message = f"{where}: {wrong}"
        raise RuleSetInvalid(message) from wrong
    if unknown := set(rules.commands) ^ known_commands:
        message = f"{where}: commands unknown or without a row: {', '.join(sorted(unknown))}"
        raise RuleSetInvalid(message)
    if not 0 < rules.quorum.fraction <= 1 or rules.quorum.base != "eligible":
        message = f"{where}: a quorum is a fraction of 'eligible' between 0 and 1"
        raise RuleSetInvalid(message)
    return rules


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
