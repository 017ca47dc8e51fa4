"""How calls for consensus are told, and what follows from them."""

from collections.abc import Iterator

from polylogue import events as e
from polylogue.drafting.phrases import language_name
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Told, Words
from polylogue.minutes.positions import why
from polylogue.minutes.versions import disputed
from polylogue.occasion import Entry
from polylogue.vocabulary import ItemId, ProvisionId


def opened(desk: Desk, entry: Entry, event: e.CallOpened) -> Told:
    until = desk.until(entry, event.objections_until)
    words = desk.say("CallOpened", who=desk.who(entry), item=desk.item(event.item), until=until)
    return Told(words, points=tuple(map(Point, _asked(desk, event))))


def _asked(desk: Desk, event: e.CallOpened) -> Iterator[Words]:
    yield desk.say("CallOpened type", type=desk.of[event.decision_type], n=len(event.eligible))
    if event.concerned:
        yield desk.say("CallOpened concerned", seat=desk.seat(event.concerned))
    for each in event.standing:
        key = "CallOpened carried" if each.carried else "CallOpened standing"
        yield desk.say(key, seat=desk.seat(each.seat), clause=desk.clause(each.provision))


def objected(desk: Desk, entry: Entry, event: e.ObjectionRaised) -> Told:
    clause = desk.clause(event.provision)
    if event.version:
        language = language_name(event.version, desk.of)
        return Told(
            desk.say("ObjectionRaised version", who=desk.who(entry), clause=clause, language=language), why(desk, event)
        )
    return Told(desk.say("ObjectionRaised", who=desk.who(entry), clause=clause), why(desk, event))


def answered(desk: Desk, entry: Entry, event: e.ObjectionMaintained | e.ObjectionWithdrawn) -> Told:
    return Told(desk.say(type(event).__name__, who=desk.who(entry), clause=desk.clause(event.provision)))


def opinion(desk: Desk, entry: Entry, event: e.OpinionPlaced) -> Told:
    words = desk.say(
        f"OpinionPlaced {event.kind}", who=desk.who(entry), what=subject(desk, event.provision, event.item)
    )
    return Told(words, desk.quoted("text", event.text))


def subject(desk: Desk, provision: ProvisionId | None, item: ItemId) -> Words:
    """What an opinion is about."""
    if provision:
        return desk.say("clause n", n=desk.clause(provision))
    return desk.say("whole item", n=desk.item(item))


def closed(desk: Desk, entry: Entry, event: e.CallClosed) -> Told:
    outcome = desk.of[f"outcome {event.outcome}"]
    words = desk.say("CallClosed", who=desk.who(entry), item=desk.item(event.item), outcome=outcome)
    return Told(words, desk.quoted("the reason", event.reason), verdict(desk, event))


def verdict(desk: Desk, event: e.CallClosed) -> tuple[Point, ...]:
    """By which rule, what was counted on which base, what was needed; who objects, who was not there."""
    return tuple(map(Point, _verdict(desk, event)))


def _verdict(desk: Desk, event: e.CallClosed) -> Iterator[Words]:
    found = event.verdict
    counts = desk.listed(
        desk.say("count", name=desk.of.get(f"count {each.name}", each.name), n=each.value) for each in found.counts
    )
    base = desk.of.get(f"base {found.base}", found.base)
    yield desk.say("verdict", rule=found.rule, counts=counts, base=base, needed=found.needed)
    for each in found.objections:
        values = {"seat": desk.seat(each.seat), "clause": desk.clause(each.provision)}
        if each.version:
            yield desk.say("CallClosed objection version", language=language_name(each.version, desk.of), **values)
        else:
            yield desk.say("CallClosed objection", **values)
    yield desk.say("absent are", seats=desk.seats(event.absent))
    if event.unreachable:
        yield desk.say("CallClosed unreachable", seats=desk.seats(event.unreachable))


def adopted(desk: Desk, _: Entry, event: e.TextAdopted) -> Told:
    return Told(desk.say("TextAdopted", item=desk.item(event.item), n=event.number))


def blocked(desk: Desk, _: Entry, event: e.TextBlocked) -> Told:
    return Told(desk.say("TextBlocked", item=desk.item(event.item)), points=disputed(desk, event))
