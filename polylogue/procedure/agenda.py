"""Chapters 2 and 3, attendance and agenda: the roll call, and items taken up and deferred."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure import sessions
from polylogue.procedure.matter import Matter
from polylogue.vocabulary import ItemPhase, TextState


def record_roll_call(m: Matter, c: c.RecordRollCall) -> tuple[e.Event, ...]:
    present = m.seats(c.present, path=("present",))
    m.once(c.present, path=("present",))
    absent = sorted(set(m.state.delegations) - set(present))
    return (e.RollCallRecorded(sitting=m.state.sitting, present=present, absent=tuple(absent)),)


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
