"""The session of the golden lines: every command, every kind of event, every outcome of a call.

Why one long history: what was written must fold in order, and what moves what is seen only where it has moved.
"""

from dataclasses import replace
from typing import Any

from polylogue import commands as c
from polylogue.scenario import ScenarioDelegation, ScenarioItem, ScenarioProvision
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    DecisionType,
    Dimension,
    Hash,
    ItemId,
    Nature,
    OpinionKind,
    PersonId,
    ProvisionKind,
    Role,
    SeatCode,
    SessionId,
    StanceLevel,
    Standing,
)
from tests.golden import mended, rounds
from tests.golden.brackets import bracket
from tests.scenes import EN, GUEST, OBSERVER, PARTNER, RU, TEN, ZH, Scene, item, objects, scenario, stance, takes, text

OBJECT = StanceLevel.OBJECT


def golden() -> Scene:
    """The whole session, from its scheduling to its seal."""
    scene = _scheduled()
    _deliberation(scene)
    _drafts(scene)
    _calls(scene)
    _other_items(scene)
    mended.mended(scene)
    scene.give(c.CloseSession())
    scene.give(c.ReopenSession(reason="Опечатка.", language=RU))
    scene.rise()
    scene.give(c.CloseSession())
    scene.reports[scene.item] = Hash("5e" * 32)
    scene.give(c.SealSession())
    return scene


def _scheduled() -> Scene:
    scene = Scene()
    water = ScenarioItem(
        titles=(text("Shared water"), text("Общая вода", RU), text("共有水资源", ZH)),
        dimensions=(Dimension.ENVIRONMENTAL, Dimension.ECONOMIC),
        provisions=(
            ScenarioProvision(
                kind=ProvisionKind.PREAMBULAR, versions=(text("Recalling 1992,"), text("Напоминая о 1992 годе,", RU))
            ),
            ScenarioProvision(versions=(text("Decides to meet each May."),)),
            ScenarioProvision(versions=(text("Thanks the host."),)),
        ),
    )
    standings = dict.fromkeys(TEN, Standing.MEMBER)
    standings |= {PARTNER: Standing.PARTNER, OBSERVER: Standing.OBSERVER, GUEST: Standing.GUEST}
    given = scenario(
        TEN,
        items=(water, item("Energy", 2)),
        titles=(text("A council of ten"), text("Совет десяти", RU)),
        nature=Nature.SIMULATION,
        conference="Model SCO 2026",
        continues=SessionId("01937e00-0000-7000-8000-0000000000ff"),
        public=True,
        clock_scale="1/24",
        authentic=(RU, ZH),
        delegations=tuple(
            ScenarioDelegation(code=seat, standing=standing, names=(text(f"Delegation of {seat}"),), languages=(RU, EN))
            for seat, standing in standings.items()
        ),
    )
    scene.give(c.ScheduleSession(scenario=given), "organiser")
    officers = {"chair": Role.CHAIR, "secretary": Role.SECRETARIAT, "facilitator": Role.FACILITATOR}
    for name, role in officers.items():
        scene.give(c.AdmitPerson(role=role, person=PersonId(name)), "organiser")
    for seat in standings:
        scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(seat,), person=PersonId(f"delegate of {seat}")))
    scene.give(c.AdmitPerson(role=Role.PUBLIC, person=PersonId("visitor")))
    scene.give(c.DismissPerson(person=PersonId("visitor")))
    scene.give(c.PostPosition(item=scene.item, text="Homework.", language=EN), "CHN")
    return scene


def _deliberation(scene: Scene) -> None:
    scene.sit()
    scene.give(c.AddItem(item=item("Fisheries", 1)))
    scene.give(c.OpenItem(item=scene.item))
    first, second, third = scene.clauses
    scene.give(
        c.PostPosition(
            item=scene.item,
            text="Без воды нет мира.",
            language=RU,
            translations=(c.Translation(language=EN, text="No water, no peace."),),
            interests="To irrigate in May.",
            stances=(stance(first), stance(second, OBJECT, importance=3), stance(third, if_agreed=first)),
        ),
        "KAZ",
    )
    scene.wait(seconds=1.25)
    paper = {"seat": "KGZ", "occurred_at": "2026-05-04T09:00:00.500Z"}
    scene.give(c.StateStances(item=scene.item, for_rest=StanceLevel.ACCEPT), "secretary", **paper)
    scene.give(takes(scene.item, second, OBJECT), OBSERVER)
    proposed = _one(scene, c.ProposeProvision(item=scene.item, text="May invite.", language=EN, after=first), "UZB")
    scene.give(c.ProposeAlternative(provision=proposed.provision, text="Invites.", language=EN), "KGZ")
    scene.give(c.WithdrawProvision(provision=proposed.provision), "UZB")
    plain = _one(scene, c.ProposeProvision(item=scene.item, text="Notes.", language=EN), "UZB")
    scene.give(c.WithdrawProvision(provision=plain.provision), "UZB")

    should = _one(scene, c.ProposeAlternative(provision=second, text="Should meet.", language=EN), "KAZ").alternative
    scene.give(takes(scene.item, second, alternative=should), "KAZ")
    scene.give(takes(scene.item, second, StanceLevel.RESERVE, alternative=should), "UZB")
    scene.give(c.CloseBracket(provision=second, alternative=should))
    scene.give(c.ProposeAlternative(provision=third, text="Спасибо.", language=RU), "RUS")
    scene.give(c.CloseBracket(provision=third))

    scene.give(takes(scene.item, second, OBJECT), "KAZ")
    twice = c.ProposeAmendment(provision=second, revision=2, text="Twice.", language=EN, reason="Once is rare.")
    scene.give(c.AcceptAmendment(amendment=_one(scene, twice, "IND").amendment))
    dropped = c.ProposeAmendment(provision=second, revision=3, text="Never.", language=EN)
    scene.give(c.WithdrawAmendment(amendment=_one(scene, dropped, "PAK").amendment), "PAK")
    _amendments(scene)
    bracket(scene)


def _amendments(scene: Scene) -> None:
    """Of every kind, to clauses that several sponsor and to an amendment; what they leave behind is taken out again."""
    third = scene.clauses[2]

    def proposed(by: str, **members: Any) -> AmendmentId:
        return _one(scene, c.ProposeAmendment(**members), by).amendment

    def accepted(amendment: AmendmentId, *by: str) -> None:
        for seat in by or ("chair",):
            scene.give(c.AcceptAmendment(amendment=amendment), seat)

    notes = _one(scene, c.ProposeProvision(item=scene.item, text="Notes.", language=EN, after=third), "UZB").provision
    scene.give(c.JoinSponsors(provision=notes), "TJK")
    scene.give(c.JoinSponsors(provision=notes), "KGZ")
    wider = proposed("IND", provision=notes, revision=1, text="Notes the report.")
    scene.give(c.AcceptAmendment(amendment=wider), "TJK")
    wider_still = proposed("PAK", amendment=wider, revision=1, text="Notes the whole report.", reason="Each page.")
    accepted(wider_still, "IND")
    other = proposed("IRN", provision=notes, revision=1, text="Отмечает доклад.", language=RU)
    about_other = proposed("RUS", amendment=other, revision=1, text="Отмечает весь доклад.", language=RU)
    scene.give(c.LeaveSponsors(provision=notes), "KGZ")
    accepted(wider, "TJK", "UZB")
    scene.give(c.ReviseAmendment(amendment=other, revision=2, text="Принимает доклад.", language=RU), "IRN")
    scene.give(c.WithdrawAmendment(amendment=other), "IRN")  # and the one to its words with it
    assert scene.state.amendments[about_other].state is AmendmentState.LAPSED

    insert, delete, move = AmendmentKind.INSERT_AFTER, AmendmentKind.DELETE, AmendmentKind.MOVE
    first = proposed(
        "BLR", kind=insert, item=scene.item, text="Bearing in mind,", provision_kind=ProvisionKind.PREAMBULAR
    )
    accepted(first)
    begun = scene.state.amendments[first].provision
    accepted(proposed("CHN", kind=move, provision=begun, after=scene.clauses[1]), "BLR")
    accepted(proposed("CHN", kind=delete, provision=begun, revision=1), "BLR")
    scene.give(c.ProposeAlternative(provision=notes, text="Welcomes.", language=EN), "KGZ")
    proposed("KAZ", kind=move, provision=notes, after=scene.clauses[0])  # it lapses
    accepted(proposed("CHN", kind=delete, provision=notes, revision=2), "UZB", "TJK")


def _drafts(scene: Scene) -> None:
    first, second, _ = scene.clauses
    amendment = _one(
        scene, c.ProposeAmendment(provision=first, revision=1, text="Recalling 1993,", language=EN), "IRN"
    ).amendment
    request = _one(scene, c.RequestDraft(item=scene.item)).request
    position, revision = scene.state.positions[scene.item, SeatCode("KAZ")]
    posted = scene.state.posted[position][revision - 1]
    held = c.DraftSource(seat=SeatCode("KAZ"), position=position, revision=revision)
    clauses = (
        c.DraftedClause(
            provision=first,
            revision=1,
            alternatives=(
                c.DraftedAlternative(
                    text="Recalling 1993,",
                    language=EN,
                    backers=(SeatCode("IRN"),),
                    sources=(c.DraftSource(seat=SeatCode("IRN"), amendment=amendment),),
                ),
            ),
        ),
        c.DraftedClause(provision=second, revision=3),
        c.DraftedClause(
            text=scene.prose[posted.seq, posted.pointer + "/text"], language=posted.languages[0], sources=(held,)
        ),
        c.DraftedClause(
            text="Welcomes rain.",
            language=EN,
            sources=(replace(held, drawn=True),),
            alternatives=(c.DraftedAlternative(text="Welcomes snow.", language=EN),),
        ),
    )
    scene.give(c.TableDraft(item=scene.item, request=request, clauses=clauses), "worker")
    scene.give(c.CloseBracket(provision=first))
    rain = scene.clauses[-1]
    scene.give(c.CloseBracket(provision=rain))
    scene.give(takes(scene.item, rain), "KAZ")
    scene.give(c.CirculateText(item=scene.item), "secretary")
    scene.give(c.RequestDraft(item=scene.item))
    scene.clean()
    scene.give(c.ReopenText(item=scene.item, reason="A comma."), "KAZ")
    scene.give(c.WithdrawProvision(provision=rain))
    scene.clean()


def _calls(scene: Scene) -> None:
    first, second, third, _ = scene.clauses
    scene.reports[scene.item] = Hash("ab" * 32)
    scene.call()  # one objection is carried: KAZ's, from before the amendment
    scene.give(c.RecordRollCall(present=TEN[:6]))
    scene.give(c.CloseCall(item=scene.item))  # no quorum
    scene.rise()
    scene.wait(minutes=60)
    scene.sit()
    scene.call()
    scene.give(c.SuspendSession(reason="Lunch."))
    scene.wait(minutes=60)
    scene.sit()
    scene.give(c.CloseCall(item=scene.item, withdraw=True, reason="Ещё не время.", language=RU))

    scene.call(decision_type=DecisionType.EXPULSION, concerned=SeatCode("BLR"))
    scene.give(c.MaintainObjection(item=scene.item, provision=second), "KAZ")
    scene.give(objects(scene.item, third), "IND")
    scene.give(replace(objects(scene.item, first), version=ZH), "CHN")
    scene.give(c.RecordRollCall(present=(*TEN[1:], OBSERVER)))
    scene.close(unreachable=(TEN[0],))  # blocked

    scene.give(c.ConfirmVersion(provision=first, language=ZH), "secretary")
    spare = scene.clauses[3]
    deletes = c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=spare, revision=1)
    scene.give(c.AcceptAmendment(amendment=_one(scene, deletes, "IND").amendment))
    again = c.ProposeAmendment(provision=third, revision=2, text="Thanks the hosts.", language=EN)
    scene.give(c.AcceptAmendment(amendment=_one(scene, again, "IND").amendment))
    scene.give(takes(scene.item, third), "IND")
    scene.clean()
    scene.call(decision_type=DecisionType.STATEMENT)
    scene.give(c.WithdrawObjection(item=scene.item, provision=second, level=StanceLevel.NEUTRAL), "KAZ")
    reservation = c.PlaceOpinionOnRecord(
        item=scene.item, text="我们的理解如下。", language=ZH, kind=OpinionKind.RESERVATION, provision=first
    )
    scene.give(reservation, "CHN")
    scene.close(reason="No objection.")  # adopted
    scene.give(c.PlaceOpinionOnRecord(item=scene.item, text="So be it.", language=EN), "PAK")


def _other_items(scene: Scene) -> None:
    """A text that is blocked time and again, and taken back each time by other means; one that is deferred."""
    _, energy, fisheries = scene.state.items
    clause = scene.state.items[energy].provisions[0]
    scene.give(c.OpenItem(item=energy))
    scene.give(c.ProposeProvision(item=energy, text="To be left out.", language=EN), "UZB")
    scene.give(c.CirculateText(item=energy))

    _block(scene, energy, "UZB")
    wanted = c.DraftedAlternative(text="Should trade.", language=EN)
    drafted = c.DraftedClause(provision=clause, revision=1, alternatives=(wanted,))
    scene.give(c.TableDraft(item=energy, clauses=(drafted,)), "secretary")
    scene.give(c.CloseBracket(provision=clause))

    _block(scene, energy, "TJK")
    scene.give(c.ProposeAlternative(provision=clause, text="May trade.", language=EN), "TJK")
    scene.give(c.CloseBracket(provision=clause))

    scene.translate(energy)
    scene.give(c.CleanText(item=energy))
    scene.give(c.ReopenBracket(provision=clause, reason="A word is missing."), "TJK")
    scene.give(c.CloseBracket(provision=clause))
    _block(scene, energy, "IRN")
    scene.give(c.ReopenBracket(provision=clause, reason="Пропущено слово.", language=RU), "RUS")
    scene.give(c.CloseBracket(provision=clause))

    _block(scene, energy, "KAZ")
    scene.give(c.ReopenText(item=energy), "KAZ")

    _block(scene, energy, "RUS")
    rounds.on_a_blocked_text(scene, energy)

    candidate = rounds.before_a_call(scene, energy)
    _block(scene, energy, "CHN")
    scene.give(c.TakeCandidate(candidate=candidate))

    _block(scene, energy, "CHN")
    better = c.ProvideVersion(provision=clause, language=ZH, text="应当开展贸易。")
    scene.give(better, "secretary")

    _block(scene, energy, "PAK")
    for reason in ("No instructions.", "Still none."):
        scene.give(c.DeferItem(item=energy, reason=reason))
        scene.give(c.OpenItem(item=energy))

    scene.give(c.OpenItem(item=fisheries))
    rounds.on_the_table(scene, fisheries)
    scene.give(c.RequestDraft(item=fisheries))
    scene.give(c.DeferItem(item=fisheries, reason="Next year."))
    scene.give(c.OpenItem(item=fisheries))
    scene.give(c.DeferItem(item=fisheries, reason="Next year, surely."))


def _block(scene: Scene, energy: ItemId, by: str) -> None:
    scene.translate(energy)
    scene.give(c.CleanText(item=energy))
    scene.wait(minutes=24 * 60)
    scene.give(c.CallForConsensus(item=energy))
    call = scene.state.call
    clause = scene.state.items[energy].provisions[1]
    for seat, provision in call.objections if call else ():
        scene.give(c.WithdrawObjection(item=energy, provision=provision), "chair", seat=seat)
    scene.give(objects(energy, clause), by)
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=energy))


def _one(scene: Scene, command: c.Command, by: str = "chair") -> Any:
    """The one event of a command."""
    (event,) = scene.give(command, by)
    return event
