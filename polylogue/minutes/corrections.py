"""How mistakes that were mended are told: what an entry should have said, and what was taken back."""

from collections.abc import Iterator

from polylogue import events as e
from polylogue.minutes.decisions import subject
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Quote, Told
from polylogue.minutes.positions import levels_of
from polylogue.occasion import Entry


def stepped_back(desk: Desk, entry: Entry, event: e.ItemSteppedBack) -> Told:
    state = desk.of[f"{event.text} text"]
    words = desk.say("ItemSteppedBack", who=desk.who(entry), item=desk.item(event.item), state=state)
    revived = desk.listed(map(desk.amendment, event.revived))
    points = (Point(desk.say("revived", amendments=revived)),) if event.revived else ()
    return Told(words, desk.quoted("the reason", event.reason), points)


def call_reopened(desk: Desk, entry: Entry, event: e.CallReopened) -> Told:
    key = "CallReopened adopted" if event.decision else "CallReopened"
    until = desk.until(entry, event.objections_until)
    words = desk.say(key, who=desk.who(entry), item=desk.item(event.item), until=until)
    points = (
        *(
            desk.say("CallOpened standing", seat=desk.seat(s.seat), clause=desk.clause(s.provision))
            for s in event.standing
        ),
        *([desk.say("lapsed", amendments=desk.listed(map(desk.amendment, event.lapsed)))] if event.lapsed else ()),
    )
    return Told(words, desk.quoted("the reason", event.reason), tuple(map(Point, points)))


def rescinded(desk: Desk, entry: Entry, event: e.AdoptionRescinded) -> Told:
    words = desk.say("AdoptionRescinded", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, desk.quoted("the reason", event.reason))


def corrected(desk: Desk, entry: Entry, event: e.EntryCorrected) -> Told:
    """Which entry it corrects, and what that said, is told beside every entry that corrects one."""
    words = desk.say("EntryCorrected void" if event.void else "EntryCorrected", who=desk.who(entry))
    return Told(words, desk.quoted("the reason", event.reason), tuple(_restored(desk, event)))


def _restored(desk: Desk, event: e.EntryCorrected) -> Iterator[Point]:
    """What it should have said."""
    if roll := event.restored_roll_call:
        yield Point(desk.say("present are", seats=desk.seats(roll.present)))
        yield Point(desk.say("absent are", seats=desk.seats(roll.absent)))
    if quotes := tuple(_texts(desk, event)):
        yield Point(desk.say("should read"), quotes)
    if (opinion := event.restored_opinion) and opinion.text and event.of_item:
        what = subject(desk, opinion.provision, event.of_item)
        yield Point(desk.say("should be", kind=desk.of[opinion.kind], what=what))
    if (objection := event.restored_objection) and objection.state:
        yield Point(desk.say(f"objection {objection.state}", clause=desk.clause(objection.provision)))
    if call := event.restored_call:
        yield Point(desk.say("CallOpened type", type=desk.of[call.decision_type], n=len(call.eligible)))
        if call.concerned:
            yield Point(desk.say("CallOpened concerned", seat=desk.seat(call.concerned)))
    yield from levels_of(desk, event.stances, bare=event.restored_objection is not None)
    for each in event.dropped:
        yield Point(desk.say("not stated", clause=desk.clause(each.provision)))


def _texts(desk: Desk, event: e.EntryCorrected) -> Iterator[Quote]:
    if position := event.restored_position:
        yield from desk.quoted("text", position.text)
        for each in position.translations:
            yield Quote(desk.of["translation"], desk.text(each))
    for said in (event.restored_interests, event.restored_opinion):
        if said:
            yield from desk.quoted("text", said.text)
    if objection := event.restored_objection:
        yield from desk.quoted("the reason", objection.reason)
        yield from desk.quoted("what removes it", objection.would_be_removed_by)
