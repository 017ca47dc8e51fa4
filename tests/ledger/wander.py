"""Courses in which people try what comes to their minds, drawn from a seed.

Why drawn: laws that hold for every session are tried on sessions that nobody would have written.
"""

from random import Random

from polylogue import commands as c
from polylogue.footing import accepting
from polylogue.scenario import ScenarioItem
from polylogue.state import State
from polylogue.versions import unfit
from polylogue.vocabulary import (
    AmendmentKind,
    AmendmentState,
    ObjectionState,
    PersonId,
    ProvisionState,
    Role,
    SessionId,
    SessionPhase,
    StanceLevel,
    TextState,
)
from tests import mending
from tests.ledger.course import CHAIR, EN, MEMBERS, OBSERVER, WORKER, Course, item, of, scheduled, stance

BESIDE = (
    "Recalls that Reservoirs 1 and all canals, which are shared, are filled in May.",
    "Recalls that Reservoirs 1 and some canals, which are shared, are measured in May.",
    "Recalls that Reservoirs 1 and all rivers, which are shared, should be measured twice.",
)
"""Wordings that differ in several places."""


def wander(seed: int, length: int, *, session: SessionId = Course.session) -> Course:
    """A course in which delegates and chair try what comes to their minds; what the rules refuse does not happen."""
    draw = Random(seed)
    course = scheduled(Course(session))
    course.go(c.OpenSession())
    course.go(c.RecordRollCall(present=MEMBERS))
    for id in course.state.items:
        course.go(c.OpenItem(item=id))
    for _ in range(length):
        if course.state.phase is SessionPhase.SEALED:
            break
        course.wait(draw.choice((0, 1, 1, 30)))
        command, by = _idea(draw, course.state)
        if draw.random() < 0.15:
            command, seat = mending.idea(draw, course.state, course.entries)
            by = of(seat) if seat else CHAIR
        course.attempt(command, by, draw.choice(MEMBERS) if by == CHAIR and draw.random() < 0.1 else None)
    return course


def _idea(draw: Random, state: State) -> tuple[c.Command, PersonId]:
    """Something that somebody might ask for, often enough at the right time."""
    seat = draw.choice((*MEMBERS, OBSERVER))
    item = state.items[draw.choice(list(state.items))]
    provision = state.provisions[draw.choice(item.provisions)]
    call = state.items[state.call.item] if state.call else item
    objections = (
        [o for o in state.call.objections.values() if o.state is not ObjectionState.WITHDRAWN] if state.call else []
    )
    answered = draw.choice(objections) if objections and draw.random() < 0.8 else None
    called, answering = (answered.provision, answered.seat) if answered else (draw.choice(call.provisions), seat)
    pending = [a for a in state.amendments.values() if a.state is AmendmentState.PENDING]
    amendment = draw.choice(pending) if pending else None
    alternative = draw.choice([None, *provision.alternatives])
    level = draw.choice(list(StanceLevel))
    given = stance(provision.id, level, alternative=alternative, importance=draw.randint(1, 3))
    sources = (c.DraftSource(seat=seat, drawn=True),)
    clauses = (
        c.DraftedClause(
            provision=provision.id,
            revision=provision.revision,
            alternatives=(c.DraftedAlternative(text="Drafted.", sources=sources),)[: draw.randint(0, 1)],
        ),
        c.DraftedClause(text="A new clause.", sources=sources),
    )[: draw.randint(1, 2)]
    objection = c.RaiseObjection(item=call.id, provision=called, reason="No.", would_be_removed_by="Yes.", language=EN)
    bracketed = provision.state is ProvisionState.BRACKETED
    cut = c.CloseBracket(provision=provision.id, bracket=draw.randint(1, 2), alternative=alternative)
    clean, calling = (item.text is state for state in (TextState.CLEAN, TextState.CALLED))
    ready = item.text is TextState.CIRCULATED and all(p.state is ProvisionState.PROPOSED for p in state.in_text(item))
    lacking = [(p.id, language) for p in state.in_text(item) for language, _ in unfit(state, p)]
    onward: c.Command = c.CleanText(item=item.id)
    if lacking and draw.random() < 0.9:
        onward = c.ProvideVersion(provision=lacking[0][0], language=lacking[0][1], text=f"{lacking[0][1]}: {state.seq}")
    ideas: list[tuple[c.Command, PersonId, int]] = [
        (
            c.StateStances(item=item.id, stances=(given,), for_rest=draw.choice((None, StanceLevel.ACCEPT))),
            of(seat),
            30,
        ),
        (c.PostPosition(item=item.id, text="We.", language=EN, interests=draw.choice((None, "I."))), of(seat), 10),
        (c.PostPosition(item=item.id, text="So.", language=EN, stances=(given,), interests="I."), of(seat), 10),
        (c.ProposeProvision(item=item.id, text="More.", language=EN, after=provision.id), of(seat), 4),
        (c.WithdrawProvision(provision=provision.id), of(provision.sponsor) if provision.sponsor else CHAIR, 2),
        (c.ProposeAlternative(provision=provision.id, text="Or.", language=EN), of(seat), 8),
        (c.CloseBracket(provision=provision.id, alternative=alternative), CHAIR, 60 if bracketed else 1),
        (c.ProposeAlternative(provision=provision.id, text=draw.choice(BESIDE), language=EN), of(seat), 8),
        (cut, CHAIR, 40 if bracketed else 1),
        (c.MergeBrackets(provision=provision.id, first=1, last=2, if_revision=provision.revision), CHAIR, 5),
        (c.SplitBracket(provision=provision.id, bracket=1, if_revision=provision.revision), CHAIR, 5),
        (c.ReopenBracket(provision=provision.id, reason="Too soon."), of(seat), 6),
        (c.ProposeAmendment(provision=provision.id, revision=provision.revision, text="Am.", language=EN), of(seat), 6),
        (c.RequestDraft(item=item.id), CHAIR, 3),
        (c.TableDraft(item=item.id, request=draw.choice((None, item.request)), clauses=clauses), WORKER, 5),
        (c.CirculateText(item=item.id), CHAIR, 6),
        (onward, CHAIR, 200 if ready and lacking else 60 if ready else 1),
        (c.ReopenText(item=item.id), of(seat), 1),
        (c.CallForConsensus(item=item.id), CHAIR, 60 if clean else 1),
        (objection, of(seat), 10 if calling else 1),
        (c.MaintainObjection(item=call.id, provision=called), of(answering), 30 if calling else 1),
        (c.WithdrawObjection(item=call.id, provision=called), of(answering), 30 if calling else 1),
        (c.PlaceOpinionOnRecord(item=call.id, text="Noted.", language=EN), of(seat), 10 if calling else 2),
        (c.CloseCall(item=call.id, withdraw=draw.random() < 0.2, reason="So."), CHAIR, 30 if calling else 1),
        (c.DeferItem(item=item.id, reason="Late."), CHAIR, 1),
        (c.OpenItem(item=item.id), CHAIR, 4),
        (c.AddItem(item=_another(draw)), CHAIR, 1),
        (c.RecordRollCall(present=tuple(draw.sample(MEMBERS, draw.randint(3, 6)))), CHAIR, 3),
        (c.SuspendSession(), CHAIR, 1),
        (c.ResumeSession(), CHAIR, 3),
        (c.CloseSession(), CHAIR, 1),
        (c.ReopenSession(reason="Again."), CHAIR, 3),
        (c.AdmitPerson(role=Role.PUBLIC, person=PersonId(f"visitor {draw.randint(1, 3)}")), CHAIR, 1),
        (c.DismissPerson(person=PersonId(f"visitor {draw.randint(1, 3)}")), CHAIR, 1),
    ]
    behind = draw.choice([None, *item.provisions])
    sponsored = draw.choice([p for p in state.in_text(item) if p.sponsors] or [provision])
    inserted = c.ProposeAmendment(
        kind=AmendmentKind.INSERT_AFTER, item=None if behind else item.id, after=behind, text="In."
    )
    ideas += [
        (inserted, of(seat), 3),
        (c.ProposeAmendment(kind=AmendmentKind.MOVE, provision=provision.id, after=behind), of(seat), 3),
        (
            c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=provision.id, revision=provision.revision),
            of(seat),
            2,
        ),
        (c.JoinSponsors(provision=sponsored.id), of(seat), 10 if sponsored.sponsors else 1),
        (c.ProposeAmendment(provision=sponsored.id, revision=sponsored.revision, text="Wider."), of(seat), 4),
        (c.LeaveSponsors(provision=provision.id), of(provision.sponsor or seat), 2),
    ]
    if amendment:
        by = draw.choice(accepting(state, amendment))
        asked = c.ProposeAmendment(amendment=amendment.id, revision=amendment.edition, text=f"Sub {state.seq}.")
        ideas += [
            (asked, of(seat), 4),
            (c.ReviseAmendment(amendment=amendment.id, text=f"Rev {state.seq}."), of(amendment.seat), 4),
            (c.AcceptAmendment(amendment=amendment.id), of(by) if by else CHAIR, 12),
            (c.WithdrawAmendment(amendment=amendment.id), of(amendment.seat), 3),
        ]
    command, by, _ = draw.choices(ideas, [weight for *_, weight in ideas])[0]
    return command, by


def _another(draw: Random) -> ScenarioItem:
    return item(f"Item {draw.randint(1, 9)}", draw.randint(1, 3))
