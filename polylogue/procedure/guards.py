"""Named guards: conditions that are no numbers, switched on by a rule set's row.

Why a closed list: a rule set is data and cannot bring code; what it may ask for is written and tested here.
"""

from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import Guard
from polylogue.state import Alternative, Amendment, Call, Item, Provision
from polylogue.vocabulary import ObjectionState, ProvisionState, SessionPhase, StanceLevel

IN_FORCE = (ObjectionState.RAISED, ObjectionState.MAINTAINED)


def no_call_open(matter: Matter) -> None:
    """NO_CALL_OPEN: at most one call in a session, and none is left behind."""
    if matter.guards(Guard.NO_CALL_OPEN) and (call := matter.state.call):
        raise matter.refuse(RefusalCode.CALL_OPEN, number=matter.state.items[call.item].number)


def sponsor(matter: Matter, provision: Provision) -> None:
    """SPONSOR: the provision's sponsor; of opening or tabled text, the chair."""
    if matter.guards(Guard.SPONSOR) and matter.acting.seat != provision.sponsor:
        raise matter.refuse(RefusalCode.NOT_SPONSOR, sponsor=provision.sponsor or "CHAIR")


def proposer(matter: Matter, amendment: Amendment) -> None:
    """PROPOSER: who proposed the amendment."""
    if matter.guards(Guard.PROPOSER) and matter.acting.seat != amendment.seat:
        raise matter.refuse(RefusalCode.NOT_SPONSOR, sponsor=amendment.seat)


def not_objected(matter: Matter, provision: Provision, alternative: Alternative | None) -> None:
    """NOT_OBJECTED: no OBJECT that counts stands on the wording chosen."""
    if not matter.guards(Guard.NOT_OBJECTED):
        return
    target = (provision.id, alternative.id if alternative else None)
    objectors = [
        seat
        for seat in matter.state.eligible()
        if (held := matter.state.stances.get(seat, {}).get(target))
        and held.level is StanceLevel.OBJECT
        and not matter.state.carried(target, held)
    ]
    if objectors:
        raise matter.refuse(RefusalCode.BRACKET_OBJECTED, seats=", ".join(objectors))


def provision_left(matter: Matter, item: Item) -> None:
    """PROVISION_LEFT: a provision that is not withdrawn."""
    if matter.guards(Guard.PROVISION_LEFT) and not matter.state.in_text(item):
        raise matter.refuse(RefusalCode.PROVISION_MISSING, number=item.number)


def no_bracket(matter: Matter, item: Item) -> None:
    """NO_BRACKET: no provision has open alternatives."""
    left = sum(p.state is ProvisionState.BRACKETED for p in matter.state.in_text(item))
    if matter.guards(Guard.NO_BRACKET) and left:
        raise matter.refuse(RefusalCode.BRACKETS_OPEN, number=item.number, left=left)


def quorum(matter: Matter) -> None:
    """QUORUM: enough of those who may decide were present at this sitting's roll call."""
    if not matter.guards(Guard.QUORUM):
        return
    roll_called(matter)
    present, needed = present_and_needed(matter)
    if present < needed:
        raise matter.refuse(RefusalCode.QUORUM_NOT_MET, present=present, needed=needed)


def roll_called(matter: Matter) -> None:
    """Who is present at this sitting is on record; without it neither a quorum nor the lack of one can be stated."""
    if matter.state.present is None:
        raise matter.refuse(RefusalCode.ROLL_CALL_MISSING, sitting=matter.state.sitting)


def present_and_needed(matter: Matter) -> tuple[int, int]:
    """How many of those who may decide are present, and how many are needed."""
    members = matter.state.eligible()
    present = matter.state.present or frozenset()
    return len(present.intersection(members)), matter.rules.quorum.needed(len(members))


def circulation_over(matter: Matter, item: Item) -> None:
    """CIRCULATION_OVER: delegations have had the text for the circulation period."""
    until = item.callable_from
    if matter.guards(Guard.CIRCULATION_OVER) and (until is None or matter.occasion.at < until):
        raise matter.refuse(RefusalCode.CIRCULATION_RUNNING, number=item.number, until=until or "")


def sitting_running(matter: Matter, item: Item) -> None:
    """SITTING_RUNNING: the text is called, or was adopted in the sitting that still runs."""
    adopted = item.adopted_in_sitting
    running = matter.state.phase is SessionPhase.OPEN and adopted in (None, matter.state.sitting)
    if matter.guards(Guard.SITTING_RUNNING) and not running:
        raise matter.refuse(RefusalCode.SITTING_OVER, number=item.number, sitting=adopted or 0)


def window_over(matter: Matter, call: Call) -> None:
    """WINDOW_OVER: members have had the time to object."""
    if matter.guards(Guard.WINDOW_OVER) and matter.occasion.at < call.objections_until:
        raise matter.refuse(RefusalCode.WINDOW_OPEN, until=call.objections_until)


def answered(matter: Matter, call: Call) -> None:
    """ANSWERED: every member present has maintained or withdrawn what stood when the call opened."""
    present = matter.state.present or frozenset()
    missing = {o.seat for o in call.objections.values() if o.state is ObjectionState.STANDING and o.seat in present}
    if matter.guards(Guard.ANSWERED) and missing:
        raise matter.refuse(RefusalCode.ANSWERS_MISSING, seats=", ".join(sorted(missing)))
