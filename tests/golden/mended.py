"""The part of the golden session in which mistakes are made and mended, of every kind."""

from polylogue import commands as c
from polylogue.vocabulary import DecisionType, ItemId, OpinionKind, SeatCode, Seq, StanceLevel, TextState
from tests.scenes import EN, RU, Scene, item, objects, stance, takes

OBJECT, RESERVE = StanceLevel.OBJECT, StanceLevel.RESERVE


def homework(scene: Scene, water: ItemId) -> None:
    """Positions and stances entered wrongly before the item is taken up."""
    first, second = scene.state.items[water].provisions
    scene.give(c.PostPosition(item=water, text="Our rivers.", language=EN, interests="Fish."), "IND")
    posted = Seq(scene.state.seq - 1)
    words = c.RestoredWords(
        text="Наши реки.", language=RU, translations=(c.Translation(language=EN, text="Our rivers."),)
    )
    corrects(scene, posted, "IND", position=words)
    corrects(scene, Seq(posted + 1), "IND", interests=c.RestoredWords(text="Fish and rice.", language=EN))
    corrects(scene, Seq(posted + 2), "secretary", void=True)
    corrects(scene, Seq(scene.state.seq), "chair", position=c.RestoredWords(text="Our rivers.", language=EN))
    scene.give(takes(water, second, OBJECT), "IND")
    stances = c.RestoredStances(stances=(stance(first, OBJECT, importance=1),), language=EN)
    corrects(scene, Seq(scene.state.seq), "IND", stances=stances)
    corrects(scene, Seq(scene.state.seq), "secretary", void=True)


def roll(scene: Scene) -> None:
    """A roll called wrongly, a departure that was none, an arrival."""
    present = scene.state.present or frozenset()
    called = scene.state.sat and scene.state.sat.roll_call_seq
    scene.give(c.NoteDeparture(seats=(SeatCode("MNG"),)))
    corrects(scene, Seq(scene.state.seq), "chair", void=True)
    there = tuple(sorted({*present, SeatCode("BLR")}))
    corrects(scene, Seq(called or 0), "secretary", roll_call=c.RestoredPresence(present=there))
    scene.give(c.NoteArrival(seats=(SeatCode("ARM"), SeatCode("UN_SC"))), "secretary")


def mended(scene: Scene) -> None:
    """An item of its own."""
    roll(scene)
    (added,) = scene.give(c.AddItem(item=item("Rivers", 2)))
    homework(scene, added.item.id)
    steps(scene, added.item.id)
    calls(scene, added.item.id)


def steps(scene: Scene, rivers: ItemId) -> None:
    """An item that is not under way is taken up and led to a call, one step back after each."""
    clause = scene.state.items[rivers].provisions[0]

    def back(reason: str = "Too early.") -> None:
        scene.give(c.StepItemBack(item=rivers, reason=reason))

    scene.give(c.OpenItem(item=rivers))
    back()
    scene.give(c.OpenItem(item=rivers))
    scene.give(c.CirculateText(item=rivers))
    back()
    scene.give(c.CirculateText(item=rivers))
    scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Fish rest in May.", language=EN), "PAK")
    scene.translate(rivers)
    scene.give(c.CleanText(item=rivers))
    back("Рано.")
    scene.translate(rivers)
    scene.give(c.CleanText(item=rivers))
    scene.wait(minutes=24 * 60)


def calls(scene: Scene, rivers: ItemId) -> None:
    """A call with wrong entries, blocked, reopened, adopted, rescinded, adopted again."""
    clause = scene.state.items[rivers].provisions[0]
    scene.give(takes(rivers, clause, OBJECT), "TJK")
    scene.give(c.CallForConsensus(item=rivers))
    question = c.RestoredQuestion(decision_type=DecisionType.SUSPENSION, concerned=SeatCode("TJK"))
    corrects(scene, Seq(scene.state.seq), "chair", call=question)
    corrects(scene, Seq(scene.state.seq), "chair", call=c.RestoredQuestion(decision_type=DecisionType.STATEMENT))
    scene.give(c.MaintainObjection(item=rivers, provision=clause), "TJK")
    corrects(scene, Seq(scene.state.seq), "TJK", void=True)
    scene.give(c.WithdrawObjection(item=rivers, provision=clause), "TJK")
    withdrawn = Seq(scene.state.seq - 1)
    corrects(scene, withdrawn, "TJK", withdrawal=c.RestoredLevel(level=StanceLevel.NEUTRAL))
    scene.give(objects(rivers, clause), "chair", seat="UZB")
    corrects(scene, Seq(scene.state.seq - 1), "chair", void=True)
    scene.give(objects(rivers, clause), "PAK")
    reasons = c.RestoredReasons(reason="Слишком дорого.", would_be_removed_by="Фонд.", language=RU)
    corrects(scene, Seq(scene.state.seq - 1), "PAK", objection=reasons)
    scene.give(c.PlaceOpinionOnRecord(item=rivers, text="As read.", language=EN), "RUS")
    opinion = c.RestoredOpinionText(text="As read out.", language=EN, kind=OpinionKind.RESERVATION, provision=clause)
    corrects(scene, Seq(scene.state.seq), "RUS", opinion=opinion)
    corrects(scene, Seq(scene.state.seq), "secretary", void=True)
    _close(scene, rivers, TextState.BLOCKED)

    scene.give(c.DeferItem(item=rivers, reason="Lunch."))
    scene.give(c.OpenItem(item=rivers))
    scene.give(c.ReopenCall(item=rivers, reason="Its telephone was dead."))
    scene.give(c.WithdrawObjection(item=rivers, provision=clause, level=RESERVE), "PAK")
    _close(scene, rivers, TextState.ADOPTED)
    scene.give(c.ReopenCall(item=rivers, reason="Не все видели.", language=RU))
    scene.give(objects(rivers, clause), "CHN")
    _close(scene, rivers, TextState.BLOCKED)
    scene.give(c.StepItemBack(item=rivers, reason="To the table."))
    scene.give(takes(rivers, clause), "CHN")
    scene.translate(rivers)
    scene.give(c.CleanText(item=rivers))
    scene.give(c.CallForConsensus(item=rivers))
    _close(scene, rivers, TextState.ADOPTED)
    scene.give(c.RescindAdoption(item=rivers, reason="A page was missing."))


def corrects(scene: Scene, seq: Seq, by: str, **restored: object) -> None:
    scene.give(c.CorrectEntry(seq=seq, restored=c.Restored(**restored), reason="Entered wrongly."), by)  # type: ignore[arg-type]


def _close(scene: Scene, rivers: ItemId, becomes: TextState) -> None:
    scene.wait(minutes=30)
    scene.give(c.CloseCall(item=rivers))
    assert scene.state.items[rivers].text is becomes
