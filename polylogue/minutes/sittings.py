"""How sessions, sittings, people, roll calls and the agenda are told."""

from collections.abc import Iterator

from polylogue import events as e
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Run, Told
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import SeatCode


def scheduled(desk: Desk, _: Entry, event: e.SessionScheduled) -> Told:
    return Told(desk.say("SessionScheduled", seats=len(event.delegations), items=len(event.items)))


def admitted(desk: Desk, _: Entry, event: e.PersonAdmitted) -> Told:
    roles = desk.listed((Run(desk.of[f"a {role}"]),) for role in event.roles)
    if not event.seats:
        return Told(desk.say("PersonAdmitted", roles=roles))
    return Told(desk.say("PersonAdmitted seats", roles=roles, seats=desk.seats(event.seats)))


def dismissed(desk: Desk, _: Entry, __: e.PersonDismissed) -> Told:
    if desk.leaves:
        return Told(desk.say("PersonDismissed seats", seats=desk.seats(desk.leaves)))
    return Told(desk.say("PersonDismissed"))


def begun(desk: Desk, entry: Entry, event: e.SessionOpened) -> Told:
    return Told(desk.say("SessionOpened", who=desk.who(entry), n=event.sitting))


def suspended(desk: Desk, entry: Entry, event: e.SessionSuspended) -> Told:
    return Told(desk.say("SessionSuspended", who=desk.who(entry)), desk.quoted("the reason", event.reason))


def resumed(desk: Desk, entry: Entry, event: e.SessionResumed) -> Told:
    until = event.objections_until
    points = (Point(desk.say("SessionResumed until", time=desk.time(until))),) if until else ()
    return Told(desk.say("SessionResumed", who=desk.who(entry), n=event.sitting), points=points)


def closed(desk: Desk, entry: Entry, _: e.SessionClosed) -> Told:
    return Told(desk.say("SessionClosed", who=desk.who(entry)))


def reopened(desk: Desk, entry: Entry, event: e.SessionReopened) -> Told:
    words = desk.say("SessionReopened", who=desk.who(entry), n=event.sitting)
    return Told(words, desk.quoted("the reason", event.reason))


def sealed(desk: Desk, entry: Entry, event: e.SessionSealed) -> Told:
    cited = (desk.say("SessionSealed report", item=desk.item(each.item), hash=each.hash) for each in event.reports)
    return Told(desk.say("SessionSealed", who=desk.who(entry)), points=tuple(map(Point, cited)))


def roll_called(desk: Desk, entry: Entry, event: e.RollCallRecorded) -> Told:
    present, members, needed = quorum(desk.state, event.present)
    words = desk.say("RollCallRecorded", who=desk.who(entry), present=present, members=members, needed=needed)
    met = desk.say("RollCallRecorded met" if present >= needed else "RollCallRecorded not")
    return Told((*words, *met), points=tuple(_attendance(desk, event)))


def _attendance(desk: Desk, event: e.RollCallRecorded) -> Iterator[Point]:
    yield Point(desk.say("present are", seats=desk.seats(event.present)))
    yield Point(desk.say("absent are", seats=desk.seats(event.absent)))


def moved(desk: Desk, entry: Entry, event: e.ArrivalNoted | e.DepartureNoted) -> Told:
    return Told(desk.say(type(event).__name__, who=desk.who(entry), seats=desk.seats(event.seats)))


def quorum(state: State, present: tuple[SeatCode, ...]) -> tuple[int, int, int]:
    """How many of those counted are present, how many there are, and how many are needed to decide."""
    counted = state.eligible()
    needed = state.rules.quorum.needed(len(counted)) if state.rules else len(counted)
    return len(set(present).intersection(counted)), len(counted), needed


def added(desk: Desk, entry: Entry, event: e.ItemAdded) -> Told:
    title = desk.titles[event.item.id]
    return Told(desk.say("ItemAdded", who=desk.who(entry), item=event.item.number, title=title))


def opened(desk: Desk, entry: Entry, event: e.ItemOpened) -> Told:
    return Told(desk.say("ItemOpened", who=desk.who(entry), item=desk.item(event.item)))


def deferred(desk: Desk, entry: Entry, event: e.ItemDeferred) -> Told:
    words = desk.say("ItemDeferred", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, desk.quoted("the reason", event.reason))
