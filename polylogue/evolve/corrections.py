"""Chapter 7: what an entry should have said holds from its correction on.

Why as if it had been said now: the record up to here stays what it was, and what was read from it then is found again.
"""

from polylogue import events as e
from polylogue.calls import Call, Objection
from polylogue.evolve import agenda, decisions, positions, sessions
from polylogue.occasion import Entry
from polylogue.stances import Held, Stances
from polylogue.state import Posted, State
from polylogue.vocabulary import SeatCode, Seq


def corrected(state: State, entry: Entry, event: e.EntryCorrected) -> None:
    corrects = entry.corrects or Seq(0)
    state.corrected[corrects] = entry.seq
    if roll := event.restored_roll_call:
        _called_roll(state, roll)
    if attendance := event.restored_attendance:
        _attended(state, attendance)
    if event.of_seat and event.of_item:
        if event.stances or event.dropped:
            agenda.fed(state, event.of_item)
            _restate(state, entry, event, event.of_seat, corrects)
        if event.restored_position:
            _reposition(state, entry, event, event.of_seat, event.restored_position)
        if event.restored_interests:
            _behind(state, entry, event.restored_interests)
        if event.restored_objection:
            _objected(state, entry, event.of_seat, event.restored_objection, void=event.void)
    if event.restored_call:
        _recall(state, entry, event.restored_call)


def _called_roll(state: State, roll: e.RestoredRollCall) -> None:
    """Who has come or gone since is or was there as that says."""
    sitting = state.sittings[roll.sitting]
    there = {seat for seat in sitting.moved if sitting.present and seat in sitting.present}
    sessions.attend(state, roll.sitting, frozenset(roll.present) - sitting.moved.keys() | there)


def _attended(state: State, attendance: e.RestoredAttendance) -> None:
    sitting, seats = state.sittings[attendance.sitting], frozenset(attendance.seats)
    for seat in seats:
        sitting.moved.pop(seat, None)
    before = sitting.present or frozenset()
    sessions.attend(state, attendance.sitting, before | seats if attendance.present else before - seats)


def _restate(state: State, entry: Entry, event: e.EntryCorrected, seat: SeatCode, corrects: Seq) -> None:
    """What stands on each target, and in place of what was not stated what the seat had said before."""
    mine = state.stances.setdefault(seat, Stances())
    mended = (corrects, corrects + 1) if event.restored_objection else (corrects,)  # it was stated with the objection
    for place, s in enumerate(event.stances):
        target = s.provision, s.alternative
        old = mine.get(target)
        before = old.before if old and old.seq in mended else old
        mine[target] = Held(s.level, s.importance, s.revision, entry.seq, entry.at, place, s.bulk, s.if_agreed, before)
    for dropped in event.dropped:
        target = dropped.provision, dropped.alternative
        if (old := mine.pop(target, None)) and old.before:
            mine[target] = old.before


def _reposition(
    state: State, entry: Entry, event: e.EntryCorrected, seat: SeatCode, restored: e.RestoredPosition
) -> None:
    """A revision with other words; or the one before it is the newest again, if there was one."""
    if event.of_item is None:
        return
    posted = state.posted.setdefault(restored.position, [])
    if restored.text is not None:
        newest = Posted(
            entry.seq, entry.at, "/restoredPosition", positions.languages(restored.text, restored.translations)
        )
        if len(posted) == restored.revision:
            newest.interests_seq, newest.interests_pointer = posted[-1].interests_seq, posted[-1].interests_pointer
            posted.pop()
        posted.append(newest)
    else:
        posted.pop()
    if posted:
        state.positions[event.of_item, seat] = (restored.position, len(posted))
    else:
        del state.posted[restored.position]
        del state.positions[event.of_item, seat]


def _behind(state: State, entry: Entry, restored: e.RestoredInterests) -> None:
    newest = state.posted[restored.position][-1]
    newest.interests_seq = None if restored.text is None else entry.seq
    newest.interests_pointer = "" if restored.text is None else "/restoredInterests"


def _objected(state: State, entry: Entry, seat: SeatCode, restored: e.RestoredObjection, *, void: bool) -> None:
    """The objection as it is now; where it was never raised, one that the seat had withdrawn before is seen again."""
    call, key = state.calls[restored.call], (seat, restored.provision)
    known = call.objections.get(key)
    if restored.state is None:
        if known and known.before:
            call.objections[key] = known.before
        else:
            call.objections.pop(key, None)
        return
    if known is None or known.id != restored.objection:
        known = call.objections[key] = Objection(
            restored.objection, seat, restored.provision, restored.state, entry.seq, before=known
        )
    if void:
        known.answers.pop()
    elif restored.state is not known.state:
        known.answers.append((entry.seq, known.state))
    elif known.answers and restored.reason is None:
        known.answers[-1] = (entry.seq, known.answers[-1][1])
    known.state = restored.state
    if restored.reason is not None:
        known.words = (entry.seq, "/restoredObjection")


def _recall(state: State, entry: Entry, restored: e.RestoredCall) -> None:
    """Who is asked; objections that stood are listed of those only."""
    call: Call = state.calls[restored.call]
    call.decision_type, call.concerned, call.eligible = restored.decision_type, restored.concerned, restored.eligible
    for key, objection in list(call.objections.items()):
        if objection.id in restored.unlisted:
            del call.objections[key]
    decisions.stand(call, entry.seq, (s for s in restored.standing if (s.seat, s.provision) not in call.objections))
