"""How positions and stances are told."""

from collections.abc import Iterator

from polylogue import events as e
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Quote, Run, Told, Words
from polylogue.occasion import Entry

USUAL = 2
"""The importance of a stance where nothing is said about it."""


def posted(desk: Desk, entry: Entry, event: e.PositionPosted) -> Told:
    key = "PositionPosted again" if event.revision > 1 else "PositionPosted"
    words = desk.say(key, who=desk.who(entry), item=desk.item(event.item), n=event.revision)
    translations = tuple(Quote(desk.of["translation"], desk.text(each)) for each in event.translations)
    return Told(words, (*desk.quoted("text", event.text), *translations))


def stated(desk: Desk, entry: Entry, event: e.StancesStated) -> Told:
    """One that goes with an objection has the objection's words, which stand there."""
    before = desk.goes_with
    with_it = before is not None and isinstance(before.entry.event, e.ObjectionRaised | e.ObjectionWithdrawn)
    key = "StancesStated with" if with_it else "StancesStated"
    words = desk.say(key, who=desk.who(entry), item=desk.item(event.item))
    return Told(words, points=tuple(_stance(desk, each, bare=with_it) for each in event.stances))


def _stance(desk: Desk, stance: e.Stance, *, bare: bool) -> Point:
    clause, more = desk.clause(stance.provision), tuple(_more(desk, stance))
    level = desk.of[stance.level]
    if stance.alternative:
        wording = desk.alternative(stance.alternative)
        words = desk.say("stance on", clause=clause, wording=wording, level=level, more=more)
    else:
        words = desk.say("stance", clause=clause, level=level, more=more)
    return Point(words, () if bare else why(desk, stance))


def _more(desk: Desk, stance: e.Stance) -> Iterator[Run]:
    if stance.importance != USUAL:
        yield from desk.say("importance", n=stance.importance)
    if stance.if_agreed:
        yield from desk.say("if agreed", clause=desk.clause(stance.if_agreed))
    if stance.bulk:
        yield from desk.say("bulk")


def why(desk: Desk, said: e.Stance | e.CandidateStance | e.ObjectionRaised) -> tuple[Quote, ...]:
    """The reason, and what would remove it."""
    return (*desk.quoted("reason", said.reason), *desk.quoted("removed by", said.would_be_removed_by))


def interests(desk: Desk, entry: Entry, event: e.InterestsStated) -> Told:
    words = desk.say("InterestsStated", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, desk.quoted("text", event.text))


def levels(desk: Desk, stances: tuple[e.CandidateStance, ...]) -> Iterator[Point]:
    """What a seat holds on words that only a candidate has."""
    for each in stances:
        nothing: Words = ()
        words = desk.say("stance", clause=desk.clause(each.provision), level=desk.of[each.level], more=nothing)
        yield Point(words, why(desk, each))
