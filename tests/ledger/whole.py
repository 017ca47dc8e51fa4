"""The course in which every kind of event comes to pass: one history, told in order.

Why whole: what is checked of records is checked of every kind of event at once.
"""

from dataclasses import replace

from polylogue import commands as c
from polylogue.refusals import Refusal
from polylogue.vocabulary import (
    AmendmentKind,
    CallOutcome,
    Hash,
    ItemId,
    OpinionKind,
    PersonId,
    ProvisionId,
    Role,
    StanceLevel,
)
from tests.ledger import brackets, mended, rounds
from tests.ledger.course import CHAIR, EN, MEMBERS, OBSERVER, RU, WORKER, ZH, Course, item, named, of, scheduled, stance


def whole() -> Course:
    """A course in which every kind of event comes to pass, and most rows move more than once."""
    course = scheduled()
    first, second = course.state.items
    chn, kaz, kgz, rus, *_ = MEMBERS
    go = course.go
    go(c.AdmitPerson(role=Role.PUBLIC, person=PersonId("visitor")))
    go(c.DismissPerson(person=PersonId("visitor")))
    go(c.OpenSession())
    go(c.RecordRollCall(present=(*MEMBERS[:3], OBSERVER)))
    go(c.AddItem(item=item("Fisheries", 1)))
    third = list(course.state.items)[2]
    go(c.OpenItem(item=first))
    a, b, d = course.state.items[first].provisions

    # what delegations hold, in two revisions, with interests behind one of them
    go(
        c.PostPosition(
            language=EN, item=first, text="We need water.", interests="To irrigate.", stances=(stance(a), stance(b))
        ),
        of(chn),
    )
    course.wait(1)
    go(
        c.PostPosition(
            language=EN,
            item=first,
            text="We need clean water.",
            translations=(c.Translation(text="净水", language=ZH),),
        ),
        of(chn),
    )
    go(
        c.PostPosition(language=EN, item=first, text="Observing.", stances=(stance(d, StanceLevel.NEUTRAL),)),
        of(OBSERVER),
    )
    go(
        c.StateStances(item=first, stances=(stance(a, StanceLevel.OBJECT, importance=3),), for_rest=StanceLevel.ACCEPT),
        of(kaz),
    )
    go(c.StateStances(item=first, stances=(stance(a, if_agreed=b),)), CHAIR, rus)

    # clauses, alternatives, amendments
    proposed = named(
        go(c.ProposeProvision(language=EN, item=first, text="Decides to meet.", after=a), of(kgz)), "provision"
    )
    go(c.WithdrawProvision(provision=b))
    other = named(go(c.ProposeAlternative(language=EN, provision=a, text="Should meet."), of(kaz)), "alternative")
    go(c.ProposeAlternative(language=EN, provision=a, text="May meet."), of(kgz))
    go(c.StateStances(item=first, stances=(stance(a, alternative=other),)), of(kaz))
    go(c.StateStances(item=first, stances=(stance(a, StanceLevel.ACCEPT, alternative=other),)), of(chn))
    go(c.CloseBracket(provision=a, alternative=other))
    go(c.ProposeAlternative(language=EN, provision=d, text="Or else."), of(rus))
    go(c.StateStances(item=first, stances=(stance(d),)), of(chn))
    go(c.CloseBracket(provision=d))
    friendly = go(
        c.ProposeAmendment(
            language=EN, provision=proposed, text="Decides to meet twice.", revision=1, reason="Once is rare."
        ),
        of(chn),
    )
    go(c.AcceptAmendment(amendment=named(friendly, "amendment")), of(kgz))
    dropped = go(c.ProposeAmendment(language=EN, provision=d, text="Nothing.", revision=2), of(chn))
    go(c.WithdrawAmendment(amendment=named(dropped, "amendment")), of(chn))
    lapsing = go(c.ProposeAmendment(language=EN, provision=a, text="Will lapse.", revision=2), of(chn))
    _amended(course, first, proposed)
    brackets.cut(course, first, of(kgz), of(chn), of(kaz))

    # a draft that is tabled, and one that lapses
    request = named(go(c.RequestDraft(item=first)), "request")
    source = c.DraftSource(seat=chn, amendment=named(lapsing, "amendment"), revision=1)
    clauses = (
        c.DraftedClause(
            provision=a, revision=2, alternatives=(c.DraftedAlternative(text="Will lapse.", sources=(source,)),)
        ),
        c.DraftedClause(
            text="Thanks the hosts.",
            sources=(c.DraftSource(seat=chn, drawn=True),),
            alternatives=(c.DraftedAlternative(text="Thanks all."),),
        ),
    )
    tabled = go(c.TableDraft(item=first, request=request, clauses=clauses), WORKER)
    go(c.RequestDraft(item=first))
    go(c.CirculateText(item=first))
    go(c.CloseBracket(provision=a))
    thanks = named(tabled, "clauses")[1].id
    go(c.CloseBracket(provision=thanks))
    go(c.StateStances(item=first, stances=(stance(thanks, StanceLevel.ACCEPT),)), of(rus))
    course.translate(first)
    go(c.CleanText(item=first))
    go(c.ReopenText(item=first, reason="A comma."), of(chn))
    go(c.CleanText(item=first))

    # a call without a quorum, one that is taken back, one that is blocked, one that adopts
    call = c.CallForConsensus(item=first)
    course.wait(60)
    refused = course.attempt(call, CHAIR)
    assert isinstance(refused, Refusal)
    go(c.SuspendSession(reason="Lunch."))
    go(c.ResumeSession())
    go(c.RecordRollCall(present=MEMBERS))
    go(call)
    go(c.CloseCall(item=first, withdraw=True, reason="A point of order."))
    go(call)
    objection = c.RaiseObjection(
        language=EN, item=first, provision=a, reason="It costs.", would_be_removed_by="A fund."
    )
    go(objection, of(kaz))
    go(replace(objection, version=RU), of(kgz))
    course.wait(3600)
    go(c.CloseCall(item=first, unreachable=(rus,)))
    softer = go(c.ProposeAlternative(language=EN, provision=a, text="Shall try to meet."), of(rus))
    go(c.CloseBracket(provision=a, alternative=named(softer, "alternative")))  # the objection is carried over
    go(c.ConfirmVersion(provision=a, language=RU), of(kgz))
    course.translate(first)
    go(c.CleanText(item=first))
    course.wait(3600)
    course.reports[first] = Hash("ab" * 32)
    go(call)
    go(c.MaintainObjection(item=first, provision=a), of(kaz))
    go(c.WithdrawObjection(item=first, provision=a), of(kaz))
    go(objection, of(kaz))
    go(c.WithdrawObjection(item=first, provision=a, level=StanceLevel.ACCEPT), of(kaz))
    go(
        c.PlaceOpinionOnRecord(
            language=EN, item=first, kind=OpinionKind.INTERPRETATION, text="We read it so.", provision=a
        ),
        of(kgz),
    )
    course.wait(3600)
    adopted = go(c.CloseCall(item=first))
    assert named(adopted, "outcome") is CallOutcome.ADOPTED
    go(c.PlaceOpinionOnRecord(language=EN, item=first, kind=OpinionKind.RESERVATION, text="With regret."), of(chn))

    # items that are left, and a quorum that goes
    go(c.OpenItem(item=second))
    go(c.RequestDraft(item=second))
    go(c.DeferItem(item=second, reason="No time."))
    go(c.OpenItem(item=second))
    go(c.OpenItem(item=third))
    rounds.held(course, third, chn, kaz)
    go(c.RequestDraft(item=third))
    go(c.CirculateText(item=second))
    grid = course.state.items[second].provisions[0]
    go(c.ProvideVersion(provision=grid, language=RU, text="Иначе."))  # it fitted, so the English is stale
    course.translate(second)
    go(c.CleanText(item=second))
    course.wait(3600)
    go(c.CallForConsensus(item=second))
    go(c.RecordRollCall(present=(chn,)))
    go(c.CloseCall(item=second))
    mended.mended(course, second, kaz, chn)

    go(c.CloseSession())
    go(c.ReopenSession(reason="Forgotten."))
    go(c.CloseSession())
    go(c.SealSession())
    return course


def _amended(course: Course, item: ItemId, clause: ProvisionId) -> None:
    """Amendments of every kind, with sponsors who come and go, and one to the words of another."""
    chn, kaz, kgz, rus, *_ = MEMBERS
    go, insert, delete, move = course.go, AmendmentKind.INSERT_AFTER, AmendmentKind.DELETE, AmendmentKind.MOVE
    for seat in (rus, kaz):
        go(c.JoinSponsors(provision=clause), of(seat))
    wanted = named(go(c.ProposeAmendment(provision=clause, revision=2, text="Decides to rest."), of(chn)), "amendment")
    go(c.AcceptAmendment(amendment=wanted), of(kaz))
    go(c.ReviseAmendment(amendment=wanted, text="Decides to rest in May."), of(chn))
    better = go(c.ProposeAmendment(amendment=wanted, revision=2, text="Decides to rest in June."), of(kaz))
    go(c.AcceptAmendment(amendment=named(better, "amendment")), of(chn))
    go(c.AcceptAmendment(amendment=wanted), of(rus))
    go(c.LeaveSponsors(provision=clause), of(rus))
    go(c.LeaveSponsors(provision=clause), of(kaz))
    go(c.AcceptAmendment(amendment=wanted), of(kgz))
    put = go(c.ProposeAmendment(kind=insert, item=item, text="Opens."), of(chn))
    go(c.AcceptAmendment(amendment=named(put, "amendment")))
    opening = named(put, "provision")
    about = go(c.ProposeAmendment(provision=opening, revision=1, text="Will lapse with it."), of(kaz))
    go(c.ProposeAmendment(amendment=named(about, "amendment"), revision=1, text="So will this."), of(kgz))
    for asked in (
        c.ProposeAmendment(kind=move, provision=opening, after=clause),
        c.ProposeAmendment(kind=delete, provision=opening, revision=1),
    ):
        go(c.AcceptAmendment(amendment=named(go(asked, of(kaz)), "amendment")), of(chn))
