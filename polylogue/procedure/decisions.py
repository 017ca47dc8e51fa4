"""Chapter 6, decisions: the call for consensus, objections and opinions in it, and how it ends.

Why the server computes the outcome: quorum and consensus follow from what is recorded, and the verdict says how.
"""

from polylogue import commands as c
from polylogue import events as e
from polylogue.calls import Call, Objection
from polylogue.procedure import guards, versions
from polylogue.procedure.matter import Matter
from polylogue.procedure.positions import objection
from polylogue.procedure.time import later
from polylogue.refusals import RefusalCode
from polylogue.state import Item, Provision
from polylogue.vocabulary import (
    CallId,
    CallOutcome,
    DecisionId,
    DecisionType,
    ItemId,
    ObjectionId,
    ObjectionState,
    OpinionId,
    ProvisionId,
    SeatCode,
    StanceLevel,
)

QUORUM_BASE = "members"
"""The count of a verdict on which its quorum rests: also the member that a decision concerns belongs to the body."""


def call_for_consensus(m: Matter, c: c.CallForConsensus) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if not m.rules.call_types:
        raise m.refuse(RefusalCode.CALLS_NOT_IN_RULES, name=m.rules.name)
    about = concerned(m, c.decision_type, c.concerned)
    guards.no_call_open(m)
    guards.quorum(m)
    guards.circulation_over(m, item)
    guards.authentic_versions(m, item)
    eligible = asked(m, about)
    return (
        e.CallOpened(
            call=CallId(m.fresh()),
            item=item.id,
            decision_type=c.decision_type,
            concerned=about,
            eligible=eligible,
            objections_until=later(m.occasion.at, item.objection_window_ms),
            report=m.occasion.report(item.id),
            standing=standing(m, item, eligible),
        ),
    )


def raise_objection(m: Matter, c: c.RaiseObjection) -> tuple[e.Event, ...]:
    call, item, provision = _in_call(m, c.item, c.provision)
    if m.seat not in call.eligible:
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=("seat",), allowed=", ".join(call.eligible))
    known = call.objections.get((m.seat, provision.id))
    if known and known.state is not ObjectionState.WITHDRAWN:
        raise m.refuse(RefusalCode.ALREADY_OBJECTED, path=("provision",), seat=m.seat, state=known.state)
    for name, words in (("reason", c.reason), ("wouldBeRemovedBy", c.would_be_removed_by)):
        if not words.strip():
            raise m.refuse(RefusalCode.OBJECTION_REASON_MISSING, path=(name,), missing=name)
    version = versions.concerned(m, provision, c.version) if c.version else None
    reason = m.said(c.reason, c.language, path=("reason",))
    removed_by = m.said(c.would_be_removed_by, c.language, path=("wouldBeRemovedBy",))
    raised = e.ObjectionRaised(
        objection=ObjectionId(m.fresh()),
        call=call.id,
        provision=provision.id,
        version=version,
        reason=reason,
        would_be_removed_by=removed_by,
    )
    if version:
        return (raised,)  # the clause itself is not objected to: what was said of it stands
    return (raised, objection(m, item, provision, StanceLevel.OBJECT, reason, removed_by))


def maintain_objection(m: Matter, c: c.MaintainObjection) -> tuple[e.Event, ...]:
    call, _, provision = _in_call(m, c.item, c.provision)
    known = _mine(m, call, provision)
    if known.state is not ObjectionState.STANDING:
        raise m.refuse(RefusalCode.ALREADY_OBJECTED, path=("provision",), seat=m.seat, state=known.state)
    return (e.ObjectionMaintained(objection=known.id, call=call.id, provision=provision.id),)


def withdraw_objection(m: Matter, c: c.WithdrawObjection) -> tuple[e.Event, ...]:
    call, item, provision = _in_call(m, c.item, c.provision)
    known = _mine(m, call, provision)
    if c.level is StanceLevel.OBJECT:
        raise m.refuse(RefusalCode.STANCE_IN_CALL, path=("level",), number=item.number, state=item.text, allowed="")
    withdrawn = e.ObjectionWithdrawn(objection=known.id, call=call.id, provision=provision.id)
    return (withdrawn,) if known.version else (withdrawn, objection(m, item, provision, c.level))


def place_opinion(m: Matter, c: c.PlaceOpinionOnRecord) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    guards.sitting_running(m, item)
    if c.provision and m.provision(c.provision).item != item.id:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("provision",), kind="provision", id=c.provision)
    return (
        e.OpinionPlaced(
            opinion=OpinionId(m.fresh()),
            item=item.id,
            kind=c.kind,
            provision=c.provision,
            text=m.said(c.text, c.language),
        ),
    )


def close_call(m: Matter, c: c.CloseCall) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    call = _open(m, item)
    reason = m.because(c.reason, c.language) if c.withdraw else m.said_if(c.reason, c.language, path=("reason",))
    if not c.withdraw:
        guards.roll_called(m)
    outcome, objections = _outcome(m, call, withdraw=c.withdraw)
    if outcome in (CallOutcome.ADOPTED, CallOutcome.BLOCKED):
        guards.window_over(m, call)
        guards.answered(m, call)
    verdict = _verdict(m, call, outcome, objections, _unreachable(m, call, c.unreachable))
    closed = e.CallClosed(
        call=call.id,
        item=item.id,
        outcome=outcome,
        verdict=verdict,
        absent=verdict.absent,
        unreachable=verdict.unreachable,
        reason=reason,
    )
    match outcome:
        case CallOutcome.ADOPTED:
            return (closed, _adopted(m, item))
        case CallOutcome.BLOCKED:
            return (closed, e.TextBlocked(item=item.id, disputed=_disputed(objections)))
        case _:
            return (closed,)


def _unreachable(m: Matter, call: Call, given: tuple[SeatCode, ...]) -> tuple[SeatCode, ...]:
    """Seats whose devices do not answer: those named, and of those asked who are there whatever is known of them."""
    named, reachable = m.seats(given, path=("unreachable",)), m.occasion.reachable
    if reachable is None:
        return named
    there = (m.state.present or frozenset()).intersection(call.eligible)
    return tuple(sorted({*named, *(there - reachable)}))


def concerned(m: Matter, kind: DecisionType, about: SeatCode | None, *, path: tuple[str, ...] = ()) -> SeatCode | None:
    """The member that a decision of this kind is about, for kinds decided without it; both are looked at."""
    if kind not in m.rules.call_types:
        allowed = ", ".join(sorted(m.rules.call_types))
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=(*path, "decisionType"), allowed=allowed)
    where = (*path, "concerned")
    if about and kind not in m.rules.without_concerned:
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=where, allowed=", ".join(sorted(m.rules.without_concerned)))
    if kind in m.rules.without_concerned and about not in m.state.members():
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=where, kind="member", id=about or "")
    return about


def asked(m: Matter, about: SeatCode | None) -> tuple[SeatCode, ...]:
    """Who is asked in a call: all members but the one that it is about."""
    return tuple(seat for seat in m.state.eligible() if seat != about)


def standing(m: Matter, item: Item, eligible: tuple[SeatCode, ...]) -> tuple[e.StandingObjection, ...]:
    """The OBJECTs of eligible members on present text, and those carried over from older wording."""
    return tuple(
        e.StandingObjection(
            id=ObjectionId(m.fresh()),
            seat=seat,
            provision=provision.id,
            carried=m.state.carried((provision.id, None), held),
        )
        for seat in eligible
        for provision in m.state.in_text(item)
        if (held := m.state.held(seat).get((provision.id, None))) and held.level is StanceLevel.OBJECT
    )


def _outcome(m: Matter, call: Call, *, withdraw: bool) -> tuple[CallOutcome, list[Objection]]:
    """NO_QUORUM is looked at first, where there was a roll call. An absent holder's objection counts as maintained."""
    present = m.state.present or frozenset()
    in_force = [
        o
        for _, o in sorted(call.objections.items())
        if o.state in guards.IN_FORCE or (o.state is ObjectionState.STANDING and o.seat not in present)
    ]
    here, needed = guards.present_and_needed(m)
    if here < needed and m.state.present is not None:
        return CallOutcome.NO_QUORUM, in_force
    if withdraw:
        return CallOutcome.WITHDRAWN, in_force
    return (CallOutcome.BLOCKED if in_force else CallOutcome.ADOPTED), in_force


def _verdict(
    m: Matter, call: Call, outcome: CallOutcome, objections: list[Objection], unreachable: tuple[SeatCode, ...]
) -> e.Verdict:
    """`needed` are the present of those counted as `base`; `eligible` are those asked in this call."""
    present, needed = guards.present_and_needed(m)
    counts = (
        ("eligible", len(call.eligible)),
        (QUORUM_BASE, len(m.state.eligible())),
        ("objections", len(objections)),
        ("present", present),
    )
    return e.Verdict(
        passed=outcome is CallOutcome.ADOPTED,
        rule=f"{m.rules.name} {m.row.rule}",
        counts=tuple(e.Count(name=name, value=value) for name, value in counts),
        base=QUORUM_BASE,
        needed=needed,
        objections=tuple(e.ObjectionCounted(seat=o.seat, provision=o.provision, version=o.version) for o in objections),
        absent=tuple(seat for seat in call.eligible if seat not in (m.state.present or ())),
        unreachable=unreachable,
    )


def _disputed(objections: list[Objection]) -> tuple[e.DisputedVersion, ...]:
    """The language versions to which somebody objects, each once."""
    found = dict.fromkeys((o.provision, o.version) for o in objections)
    return tuple(e.DisputedVersion(provision=id, language=language) for id, language in found if language)


def _adopted(m: Matter, item: Item) -> e.TextAdopted:
    """What the body adopts stands in the record itself; a clause erased before cannot be adopted."""
    return e.TextAdopted(
        decision=DecisionId(m.fresh()),
        item=item.id,
        number=m.state.decisions + 1,
        report=m.occasion.report(item.id),
        clauses=tuple(
            e.AdoptedClause(
                id=provision.id,
                kind=provision.kind,
                number=number,
                revision=provision.revision,
                versions=_inline(m, provision),
            )
            for number, provision in enumerate(m.state.in_text(item), 1)
        ),
    )


def _inline(m: Matter, provision: Provision) -> tuple[e.AdoptedVersion, ...]:
    """All versions that say what the clause says; one that is stale is not what was agreed."""
    fit = [version for version in provision.wording if not version.stale] or provision.wording[:1]
    found = [(version, m.occasion.prose(version.seq, version.pointer)) for version in fit]
    if any(text is None for _, text in found):
        raise m.refuse(RefusalCode.TEXT_ERASED, id=provision.id)
    return tuple(e.AdoptedVersion(language=v.language, status=v.status, text=text) for v, text in found if text)


def _open(m: Matter, item: Item) -> Call:
    """The call on the item; that its text is CALLED says that there is one."""
    if (call := m.state.call) and call.item == item.id:
        return call
    raise m.refuse(RefusalCode.TEXT_STATE, number=item.number, state=item.text, allowed="CALLED")


def _in_call(m: Matter, item_id: ItemId, provision_id: ProvisionId) -> tuple[Call, Item, Provision]:
    item = m.item(item_id)
    provision = m.provision(provision_id)
    if provision.item != item.id:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("provision",), kind="provision", id=provision_id)
    return _open(m, item), item, provision


def _mine(m: Matter, call: Call, provision: Provision) -> Objection:
    known = call.objections.get((m.seat, provision.id))
    if known is None or known.state is ObjectionState.WITHDRAWN:
        raise m.refuse(RefusalCode.NO_SUCH_OBJECTION, path=("provision",), seat=m.seat)
    return known
