"""Chapter 7, mistakes mended: what an entry should have said, as long as nothing later rests on it.

Why a fixed list of kinds: what others have answered to cannot be said to have been otherwise; such things are mended by
the commands that change them, in view of all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.procedure import corrected_calls, corrected_stances
from polylogue.procedure.correction import Correction
from polylogue.procedure.matter import Matter
from polylogue.record.envelope import visibility
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import Audience, Role, Seq


def correct_entry(m: Matter, c: c.CorrectEntry) -> tuple[e.Event, ...]:
    reason = m.because(c.reason, c.language)
    entry = _recorded(m, c.seq)
    first = entry
    while first.corrects is not None:
        first = _recorded(m, first.corrects)
    _may(m, c.seq, first)
    kind = KINDS.get(type(first.event))
    if kind is None:
        raise m.refuse(RefusalCode.CORRECTION_KIND, path=("seq",), seq=c.seq, kind=type(first.event).__name__)
    if by := m.state.corrected.get(c.seq):
        raise m.refuse(RefusalCode.ALREADY_CORRECTED, path=("seq",), seq=c.seq, by=by)
    given = [f.name for f in fields(c.restored) if getattr(c.restored, f.name) is not None]
    if given not in [[name] for name in kind.takes] or c.restored.void is False:
        raise m.refuse(RefusalCode.CORRECTION_MISMATCH, path=("restored",), seq=c.seq, takes=", ".join(kind.takes))
    void = given == ["void"]
    if void and isinstance(entry.event, e.EntryCorrected) and entry.event.void:
        raise m.refuse(RefusalCode.CORRECTION_UNCHANGED, path=("restored",), seq=c.seq)
    said = kind.restore(Correction(m, entry, first), first.event, None if void else getattr(c.restored, given[0]))
    return (
        e.EntryCorrected(
            of_kind=type(first.event).__name__,
            of_seat=first.seat,
            of_item=getattr(first.event, "item", None) or said.pop("item", None),
            void=void,
            reason=reason,
            **said,
        ),
    )


def _recorded(m: Matter, seq: Seq) -> Entry:
    found = m.occasion.recorded(seq) if 1 <= seq <= m.state.seq else None
    if found is None:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("seq",), kind="entry", id=str(seq))
    return found


def _may(m: Matter, seq: Seq, first: Entry) -> None:
    """Officers correct what they may read, what a call decides the chair; a seat its own."""
    role, seat = m.acting.actor.role, m.acting.seat
    hidden = visibility(first.event, first.acting).to is not Audience.ALL or isinstance(first.event, e.CallOpened)
    if seat != first.seat if seat is not None else hidden and role is not Role.CHAIR:
        raise m.refuse(RefusalCode.CORRECTION_NOT_YOURS, path=("seq",), seq=seq)


# ── attendance ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _roll_call(it: Correction, event: e.RollCallRecorded, given: c.RestoredPresence) -> dict[str, Any]:
    m, sitting = it.m, it.m.state.sittings[event.sitting]
    if sitting.roll_call_seq != it.first.seq:
        raise it.superseded(sitting.roll_call_seq)
    path = ("restored", "rollCall", "present")
    present = m.seats(given.present, path=path)
    m.once(given.present, path=path)
    now = it.now("restored_roll_call")
    if not (changed := set(present) ^ set(now.present)):
        raise it.unchanged()
    if since := [seq for seat, seq in sitting.moved.items() if seat in changed]:
        raise it.superseded(min(since))
    absent = tuple(sorted(set(m.state.delegations) - set(present)))
    return {"restored_roll_call": e.RestoredRollCall(sitting=sitting.number, present=present, absent=absent)}


def _attendance(it: Correction, event: e.ArrivalNoted | e.DepartureNoted, _: None) -> dict[str, Any]:
    sitting = it.m.state.sittings[event.sitting]
    if sitting.roll_call_seq is not None and sitting.roll_call_seq > it.first.seq:
        raise it.superseded(sitting.roll_call_seq)
    if since := [seq for seat in event.seats if (seq := sitting.moved.get(seat)) != it.first.seq]:
        raise it.superseded(next(filter(None, since), None))
    there = isinstance(event, e.DepartureNoted)
    return {"restored_attendance": e.RestoredAttendance(sitting=sitting.number, seats=event.seats, present=there)}


# ── what was said ────────────────────────────────────────────────────────────────────────────────────────────────────


def _position(it: Correction, event: e.PositionPosted, given: c.RestoredWords | None) -> dict[str, Any]:
    """The newest revision of a position, unless a draft cites it."""
    m = it.m
    posted = m.state.posted.get(event.position, [])
    newest = m.state.positions.get((event.item, it.seat))
    there = event.revision - it.voided  # as many as there are if nothing was posted or voided since
    if len(posted) > there:
        raise it.superseded(posted[there].seq)
    if newest and newest[0] != event.position:
        raise it.superseded(m.state.posted[newest[0]][0].seq)
    if len(posted) < there:
        raise it.superseded(max(m.state.corrected.values()))
    if not it.voided and posted[-1].seq != it.entry.seq:
        raise it.superseded(posted[-1].seq)
    if cited := m.state.cited.get((event.position, event.revision)):
        raise it.superseded(cited)
    text, translations = it.words(given, "position")
    if text:
        m.once((said.language for said in (text, *translations)), path=("restored", "position", "translations"))
    restored = e.RestoredPosition(
        position=event.position, revision=event.revision, text=text, translations=translations
    )
    return {"restored_position": restored}


def _interests(it: Correction, event: e.InterestsStated, given: c.RestoredWords | None) -> dict[str, Any]:
    m = it.m
    posted = m.state.posted.get(event.position, [])
    if len(posted) > event.revision:
        raise it.superseded(posted[event.revision].seq)
    if len(posted) < event.revision or posted[-1].interests_seq != (None if it.voided else it.entry.seq):
        raise it.superseded(max(m.state.corrected.values()))
    text, translations = it.words(given, "interests")
    if translations:
        raise m.refuse(
            RefusalCode.LIST_TOO_LONG, path=("restored", "interests", "translations"), size=len(translations), limit=0
        )
    restored = e.RestoredInterests(position=event.position, revision=event.revision, text=text)
    return {"restored_interests": restored}


def _opinion(it: Correction, event: e.OpinionPlaced, given: c.RestoredOpinionText | None) -> dict[str, Any]:
    m = it.m
    kind, provision, text = event.kind, event.provision, None
    if given is not None:
        kind, provision = given.kind, given.provision
        if provision and m.provision(provision, path=("restored", "opinion", "provision")).item != event.item:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=("restored", "opinion", "provision"), kind="provision", id=provision
            )
        text = m.said(given.text, given.language, path=("restored", "opinion", "text"))
        now = it.now("restored_opinion")
        if (kind, provision) == (now.kind, now.provision) and it.says("restored_opinion", "text", text):
            raise it.unchanged()
    restored = e.RestoredOpinion(opinion=event.opinion, kind=kind, provision=provision, text=text)
    return {"restored_opinion": restored}


@dataclass(frozen=True, slots=True)
class _Kind:
    """How entries of a kind are corrected, and what is said instead."""

    takes: tuple[str, ...]
    restore: Callable[[Correction, Any, Any], dict[str, Any]]


KINDS: Mapping[type, _Kind] = {
    e.RollCallRecorded: _Kind(("roll_call",), _roll_call),
    e.ArrivalNoted: _Kind(("void",), _attendance),
    e.DepartureNoted: _Kind(("void",), _attendance),
    e.PositionPosted: _Kind(("position", "void"), _position),
    e.InterestsStated: _Kind(("interests", "void"), _interests),
    e.StancesStated: _Kind(("stances", "void"), corrected_stances.stances),
    e.ObjectionRaised: _Kind(("objection", "void"), corrected_stances.objection),
    e.ObjectionMaintained: _Kind(("void",), corrected_stances.answer),
    e.ObjectionWithdrawn: _Kind(("withdrawal", "void"), corrected_stances.answer),
    e.OpinionPlaced: _Kind(("opinion", "void"), _opinion),
    e.CallOpened: _Kind(("call",), corrected_calls.question),
}
"""The kinds of entries that can be corrected (docs/procedure.md, rule 7.1)."""
