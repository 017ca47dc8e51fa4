"""Rule sets as the API shows them: those on the shelf, and the one that stands in a session's first event.

Why from the record: a session goes by the rules it was scheduled with, whatever the shelf holds today.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from polylogue.record.canonical import canonical, digest
from polylogue.rules import ruleset, shelf
from polylogue.rules.ruleset import Guard
from polylogue.vocabulary import (
    DecisionType,
    Hash,
    ItemPhase,
    Role,
    SessionId,
    SessionPhase,
    Standing,
    TextState,
)
from schema.api.rows import EVENT
from schema.api.values import shown

REMEMBERED = 64


@shown
class Threshold:
    """An exact share of a base, such as 2/3 of those eligible; `strict`: more than it, not just as many."""

    fraction: str
    base: str
    strict: bool


@shown
class CommandRule:
    """Who may give a command, and when: roles, standings of the delegation it is done for, phases, states, guards."""

    command: str
    rule: str
    by: list[Role]
    seat: list[Standing]
    session: list[SessionPhase]
    item: list[ItemPhase]
    text: list[TextState]
    guards: list[Guard]


@shown
class RuleSet:
    """The rules of a house as data. `eligible` are the standings whose stances count, whose objections block and who
    make the quorum. Durations are ISO 8601, before a scenario's clock scale; `canonical` is the whole as canonical
    JSON, whose SHA-256 is `hash`.
    """

    name: str
    title: str
    hash: Hash
    eligible: list[Standing]
    quorum: Threshold
    circulation: str
    objection_window: str
    object_needs_reason: bool
    call_types: list[DecisionType]
    without_concerned: list[DecisionType]
    enter_for: list[Role]
    commands: list[CommandRule]
    canonical: str


def rule_set_shown(data: Mapping[str, Any]) -> RuleSet:
    """A rule set from its data after inheritance."""
    return _parsed(canonical(dict(data)))


@cache
def on_the_shelf() -> tuple[RuleSet, ...]:
    return tuple(rule_set_shown(shelf.whole(name)) for name in shelf.names())


def rules_of(connection: sa.Connection, session: SessionId, digest: Hash) -> RuleSet:
    """The rules a session goes by; read from its first event, unless rules of that hash stand on the shelf."""
    for each in on_the_shelf():
        if each.hash == digest:
            return each
    first = sa.select(EVENT.stored).where(EVENT.session == session, EVENT.seq == 1)
    return rule_set_shown(json.loads(connection.execute(first).scalar_one())["payload"]["ruleSet"])


def quorum_needed(rules: RuleSet, eligible: int) -> int:
    """How many of those eligible must be present for a decision."""
    return _core(rules.canonical.encode()).quorum.needed(eligible)


@lru_cache(REMEMBERED)
def _core(data: bytes) -> ruleset.RuleSet:
    return ruleset.parse(json.loads(data))


@lru_cache(REMEMBERED)
def _parsed(data: bytes) -> RuleSet:
    whole, rules = json.loads(data), _core(data)
    return RuleSet(
        name=rules.name,
        title=rules.title,
        hash=digest(whole),
        eligible=[standing for standing in Standing if standing in rules.eligible],
        quorum=Threshold(fraction=str(rules.quorum.fraction), base=rules.quorum.base, strict=rules.quorum.strict),
        circulation=whole["timings"]["circulation"],
        objection_window=whole["timings"]["objection_window"],
        object_needs_reason=rules.object_needs_reason,
        call_types=[kind for kind in DecisionType if kind in rules.call_types],
        without_concerned=[kind for kind in DecisionType if kind in rules.without_concerned],
        enter_for=list(rules.enter_for),
        commands=[_command(name, rules.commands[name]) for name in sorted(rules.commands)],
        canonical=data.decode(),
    )


def _command(name: str, row: ruleset.CommandRule) -> CommandRule:
    return CommandRule(
        command=name,
        rule=row.rule,
        by=list(row.by),
        seat=list(row.seat),
        session=[phase for phase in SessionPhase if phase in row.session],
        item=[phase for phase in ItemPhase if phase in row.item],
        text=[state for state in TextState if state in row.text],
        guards=[guard for guard in Guard if guard in row.guards],
    )
