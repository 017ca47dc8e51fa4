"""Chapters 2 and 3, attendance and agenda: the roll call, and items taken up and deferred."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure import guards, sessions
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import ItemPhase, SeatCode, TextState


def record_roll_call(m: Matter, c: c.RecordRollCall) -> tuple[e.Event, ...]:
    present = m.seats(c.present, path=("present",))
    m.once(c.present, path=("present",))
    absent = sorted(set(m.state.delegations) - set(present))
    return (e.RollCallRecorded(sitting=m.state.sitting, present=present, absent=tuple(absent)),)


def note_arrival(m: Matter, c: c.NoteArrival) -> tuple[e.Event, ...]:
    return (e.ArrivalNoted(sitting=m.state.sitting, seats=_moving(m, c.seats, there=False)),)


def note_departure(m: Matter, c: c.NoteDeparture) -> tuple[e.Event, ...]:
    return (e.DepartureNoted(sitting=m.state.sitting, seats=_moving(m, c.seats, there=True)),)


def _moving(m: Matter, given: tuple[SeatCode, ...], *, there: bool) -> tuple[SeatCode, ...]:
    """Delegations that are there and leave, or are not and come."""
    guards.roll_called(m)
    if not given:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("seats",), name="seats")
    seats = m.seats(given, path=("seats",))
    m.once(given, path=("seats",))
    present = m.state.present or frozenset()
    if idle := [seat for seat in seats if (seat in present) is not there]:
        here = "ABSENT" if there else "PRESENT"
        raise m.refuse(RefusalCode.ATTENDANCE_UNCHANGED, path=("seats",), seats=", ".join(idle), here=here)
    return seats


def add_item(m: Matter, c: c.AddItem) -> tuple[e.Event, ...]:
    m.within(m.state.items, path=("item",), beside=1)
    number = len(m.state.items) + 1
    return (e.ItemAdded(item=sessions.item(m, c.item, number, m.state.authentic, ("item",))),)


def open_item(m: Matter, c: c.OpenItem) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    fresh = item.text is TextState.WORKING
    return (
        e.ItemOpened(
            item=item.id,
            phase=ItemPhase.DELIBERATION if fresh else ItemPhase.NEGOTIATION,
            circulation_ms=int(m.rules.circulation_ms * m.state.clock_scale),
            objection_window_ms=int(m.rules.objection_window_ms * m.state.clock_scale),
        ),
    )


def defer_item(m: Matter, c: c.DeferItem) -> tuple[e.Event, ...]:
    return (e.ItemDeferred(item=c.item, reason=m.because(c.reason, c.language)),)
