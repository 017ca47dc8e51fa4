"""How positions and stances are told."""

from collections.abc import Iterable, Iterator

from polylogue import events as e
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Quote, Run, Told, Words
from polylogue.occasion import Entry
from polylogue.vocabulary import StanceLevel

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
    return Told(words, points=tuple(levels_of(desk, event.stances, bare=with_it)))


def levels_of(desk: Desk, stances: Iterable[e.Stance], *, bare: bool) -> Iterator[Point]:
    """Those on present text for which no reason is given together, by what is held; the others one by one."""
    alike: dict[tuple[StanceLevel, Words], list[str]] = {}
    alone: list[Point] = []
    for each in stances:
        if each.alternative or (why(desk, each) and not bare):
            alone.append(_stance(desk, each))
        else:
            alike.setdefault((each.level, tuple(_more(desk, each))), []).append(desk.clause(each.provision))
    for (level, more), clauses in alike.items():
        listed = desk.of["comma"].join(clauses)
        key = "stances" if len(clauses) > 1 else "stance"
        yield Point(desk.say(key, clause=listed, level=desk.of[level], more=more))
    yield from alone


def _stance(desk: Desk, stance: e.Stance) -> Point:
    clause, more, level = desk.clause(stance.provision), tuple(_more(desk, stance)), desk.of[stance.level]
    if stance.alternative is None:
        return Point(desk.say("stance", clause=clause, level=level, more=more), why(desk, stance))
    wording = desk.alternative(stance.alternative)
    return Point(desk.say("stance on", clause=clause, wording=wording, level=level, more=more), why(desk, stance))


def _more(desk: Desk, stance: e.Stance) -> Iterator[Run]:
    if stance.importance != USUAL:
        yield from desk.say("importance", n=stance.importance)
    if stance.if_agreed:
        yield from desk.say("if agreed", clause=desk.clause(stance.if_agreed))
    if stance.bulk:
        yield from desk.say("bulk")


def why(desk: Desk, said: e.Stance | e.CandidateStance | e.ObjectionRaised) -> tuple[Quote, ...]:
    """The reason, and what would remove it."""
    return (*desk.quoted("the reason", said.reason), *desk.quoted("what removes it", said.would_be_removed_by))


def interests(desk: Desk, entry: Entry, event: e.InterestsStated) -> Told:
    words = desk.say("InterestsStated", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, desk.quoted("text", event.text))


def levels(desk: Desk, stances: tuple[e.CandidateStance, ...]) -> Iterator[Point]:
    """What a seat holds on words that only a candidate has."""
    for each in stances:
        nothing: Words = ()
        words = desk.say("stance", clause=desk.clause(each.provision), level=desk.of[each.level], more=nothing)
        yield Point(words, why(desk, each))
