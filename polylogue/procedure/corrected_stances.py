"""Chapter 7, stances and objections: what a delegation should be recorded to have said of a wording.

Why the call is looked at: objections that stood were listed when it opened, and its verdict counts those in force.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.calls import Call, Objection
from polylogue.procedure import positions
from polylogue.procedure.correction import Correction
from polylogue.record.prose import Said
from polylogue.refusals import RefusalCode
from polylogue.stances import Held, Target
from polylogue.vocabulary import ObjectionState, Seq, StanceLevel, TextState

WITH_STANCE = (e.ObjectionRaised, e.ObjectionWithdrawn)
"""Entries with which, and by which, a stance is stated."""


def stances(it: Correction, event: e.StancesStated, given: c.RestoredStances | None) -> dict[str, Any]:
    m, item = it.m, it.m.item(event.item)
    _by_itself(it)
    if item.text in (TextState.CALLED, TextState.ADOPTED) and item.call:
        raise it.superseded(m.state.calls[item.call].seq)
    now: tuple[e.Stance, ...] = event.stances if it.entry is it.first else getattr(it.entry.event, "stances", ())
    targets = {(s.provision, s.alternative): i for i, s in enumerate(now)}
    mine = m.state.held(it.seat)
    _held_still(it, targets, mine)
    if given is None:
        return {"dropped": tuple(e.StanceTarget(provision=p, alternative=a) for p, a in targets)}
    path = ("restored", "stances", "stances")
    if not given.stances:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=path, name="stances")
    m.within(given.stances, path=path)
    m.once((s.alternative or s.provision for s in given.stances), path=path)
    said: list[e.Stance] = []
    for i, s in enumerate(given.stances):
        held = mine.get((s.provision, s.alternative))
        mended = held is not None and held.seq == it.entry.seq
        if held and not mended and held.seq > it.first.seq:
            raise it.superseded(held.seq)
        revision = held.revision if held and mended else None
        said.append(positions.stance(m, item.id, s, given.language, path=(*path, str(i)), revision=revision))
    left = {(s.provision, s.alternative) for s in said}
    dropped = tuple(e.StanceTarget(provision=p, alternative=a) for p, a in targets if (p, a) not in left)
    if not dropped and len(said) == len(now) and all(_same(it, now, targets, s) for s in said):
        raise it.unchanged()
    return {"stances": tuple(said), "dropped": dropped}


def _by_itself(it: Correction) -> None:
    """What was stated with an objection, or with its withdrawal, is corrected with that."""
    before = it.m.occasion.recorded(Seq(it.first.seq - 1))
    if before and isinstance(before.event, WITH_STANCE) and before.seat == it.seat and before.at == it.first.at:
        other = it.m.state.corrected.get(before.seq, before.seq)
        raise it.m.refuse(RefusalCode.CORRECTION_TOGETHER, path=("seq",), seq=it.entry.seq, other=other)


def _held_still(it: Correction, targets: Collection[Target], mine: Mapping[Target, Held]) -> None:
    """Nothing was stated since on what the entry is about, and no closing has taken it over to other words."""
    for target in targets:
        held = mine.get(target)
        if held is None or held.seq != it.entry.seq:
            raise it.superseded(held.seq if held and held.seq > it.first.seq else _bracketed(it, target))
        if target[1] and not it.m.state.alternatives[target[1]].open:
            raise it.superseded(_bracketed(it, target))
    for target, held in mine.items():
        if held.seq == it.entry.seq and target not in targets:
            raise it.superseded(_bracketed(it, target))


def objection(it: Correction, event: e.ObjectionRaised, given: c.RestoredReasons | None) -> dict[str, Any]:
    """Its words, as long as it is known; that it was raised at all, as long as the call is open and has no answer."""
    m, call, target = it.m, it.m.state.calls[event.call], (event.provision, None)
    known = call.objections.get((it.seat, event.provision))
    mine = known if known and known.id == event.objection else None
    if it.voided or given is None:
        if call.closed_seq is not None:
            raise it.superseded(call.closed_seq)
        if (
            known
            and (known is not mine or known.answers)
            and not (it.voided and known.state is ObjectionState.WITHDRAWN)
        ):
            raise it.superseded(known.answers[-1][0] if known is mine and known.answers else known.seq)
    elif mine is None:
        raise it.superseded(known.seq if known else call.closed_seq)
    if given is None:
        restored = _restored(event, None)
        return {"restored_objection": restored, "dropped": _dropped(it, target), "item": call.item}
    path = ("restored", "objection")
    for name, words in (("reason", given.reason), ("wouldBeRemovedBy", given.would_be_removed_by)):
        if not words.strip():
            raise m.refuse(RefusalCode.OBJECTION_REASON_MISSING, path=(*path, name), missing=name)
    reason = m.said(given.reason, given.language, path=(*path, "reason"))
    removed_by = m.said(given.would_be_removed_by, given.language, path=(*path, "wouldBeRemovedBy"))
    part = "restored_objection"
    if it.says(part, "reason", reason) and it.says(part, "would_be_removed_by", removed_by):
        raise it.unchanged()
    stated: tuple[e.Stance, ...] = ()
    if event.version is None and (it.voided or it.held(target)):
        provision = m.state.provisions[event.provision]
        stated = positions.objection(
            m, m.item(call.item), provision, StanceLevel.OBJECT, reason, removed_by, seat=it.seat
        ).stances
    restored = _restored(event, mine.state if mine else ObjectionState.RAISED, reason=reason, removed_by=removed_by)
    return {"restored_objection": restored, "stances": stated, "item": call.item}


def answer(
    it: Correction, event: e.ObjectionMaintained | e.ObjectionWithdrawn, given: c.RestoredLevel | None
) -> dict[str, Any]:
    """That an objection was maintained or withdrawn, as long as the call is open and it is the last that was said."""
    m, call, target = it.m, it.m.state.calls[event.call], (event.provision, None)
    if call.closed_seq is not None:
        raise it.superseded(call.closed_seq)
    known = _known(it, call, event)
    last, before = known.answers[-1] if known.answers else (known.seq, known.state)
    if last > it.entry.seq if it.voided else last != it.entry.seq:
        raise it.superseded(last)
    if given is None:
        return {"restored_objection": _restored(event, before), "dropped": _dropped(it, target), "item": call.item}
    if given.level is StanceLevel.OBJECT:
        item = m.item(call.item)
        path = ("restored", "withdrawal", "level")
        raise m.refuse(RefusalCode.STANCE_IN_CALL, path=path, number=item.number, state=item.text, allowed="")
    held = it.held(target)
    if held and held.level is given.level:
        raise it.unchanged()
    stated: tuple[e.Stance, ...] = ()
    if known.version is None:
        provision = m.state.provisions[event.provision]
        stated = positions.objection(m, m.item(call.item), provision, given.level, seat=it.seat).stances
    restored = _restored(event, ObjectionState.WITHDRAWN)
    return {"restored_objection": restored, "stances": stated, "item": call.item}


def _known(it: Correction, call: Call, event: e.ObjectionMaintained | e.ObjectionWithdrawn) -> Objection:
    known = call.objections.get((it.seat, event.provision))
    if known is None or known.id != event.objection:
        raise it.superseded(known.seq if known else None)
    return known


def _restored(
    event: e.ObjectionRaised | e.ObjectionMaintained | e.ObjectionWithdrawn,
    state: ObjectionState | None,
    *,
    reason: Said | None = None,
    removed_by: Said | None = None,
) -> e.RestoredObjection:
    return e.RestoredObjection(
        objection=event.objection,
        call=event.call,
        provision=event.provision,
        state=state,
        reason=reason,
        would_be_removed_by=removed_by,
    )


def _dropped(it: Correction, target: Target) -> tuple[e.StanceTarget, ...]:
    """The stance that was stated with it, where it stands."""
    return (e.StanceTarget(provision=target[0], alternative=None),) if it.held(target) else ()


def _bracketed(it: Correction, target: Target) -> Seq | None:
    """The entry that gave the clause its present brackets, or none."""
    return it.m.state.provisions[target[0]].brackets_seq


def _same(it: Correction, now: Sequence[e.Stance], targets: Mapping[Target, int], said: e.Stance) -> bool:
    """Whether the entry says the same of the same words."""
    place = targets.get((said.provision, said.alternative))
    if place is None:
        return False
    old = now[place]
    return (
        (old.level, old.importance, old.if_agreed, old.bulk) == (said.level, said.importance, said.if_agreed, said.bulk)
        and it.reads(old.reason, f"/stances/{place}/reason", said.reason)
        and it.reads(old.would_be_removed_by, f"/stances/{place}/wouldBeRemovedBy", said.would_be_removed_by)
    )
