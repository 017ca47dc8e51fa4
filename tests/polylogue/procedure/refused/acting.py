"""Who may act, when and on what."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    ItemId,
    PersonId,
    Role,
)
from tests.polylogue.procedure.refused.cases import Cases, position, schedules
from tests.scenes import EN, OBSERVER, THREE, objects, sco

_, KGZ, _ = THREE
Code = RefusalCode
case = Cases()


@case(Code.NOT_PERMITTED, "1.3", allowed="CHAIR")
def a_delegate_opens_the_session():
    return sco(stage="scheduled").refuse(c.OpenSession(), "KAZ")


@case(Code.NOT_A_MEMBER, "6.2", "seat", seat=OBSERVER, standing="OBSERVER")
def an_observer_objects():
    scene = sco(stage="called")
    return scene.refuse(objects(scene.item, scene.clauses[0]), OBSERVER)


@case(Code.SEAT_NOT_HELD, "4.1", "seat", seat=KGZ)
def a_delegate_speaks_for_another():
    scene = sco()
    return scene.refuse(position(scene, "We agree."), "KAZ", seat="KGZ")


@case(Code.SEAT_AMBIGUOUS, "4.1", "seat", seats="KAZ, KGZ")
def who_holds_two_seats_names_neither():
    scene = sco()
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(KGZ,), person=PersonId("delegate of KAZ")))
    return scene.refuse(position(scene, "We agree."), "KAZ")


@case(Code.UNKNOWN_REFERENCE, "3.2", "item", kind="item", id="nowhere")
def an_item_that_is_not_there():
    return sco().refuse(c.OpenItem(item=ItemId("nowhere")))


@case(Code.UNKNOWN_RULE_SET, "1.1", "scenario", "ruleSet", name="sco-consensus/99")
def rules_that_are_not_on_the_shelf():
    return schedules(rule_set="sco-consensus/99")


@case(Code.SESSION_PHASE, "1.3", phase="OPEN", allowed="SCHEDULED")
def opening_what_is_open():
    return sco().refuse(c.OpenSession())


@case(Code.SESSION_SEALED, "4.1")
def speaking_in_a_sealed_session():
    scene = sco()
    scene.give(c.CloseSession())
    scene.give(c.SealSession())
    return scene.refuse(position(scene, "One word more."), "KAZ")


@case(Code.SESSION_MOVED_ON, "0.3", "expectedSeq", given=3, current=14)
def deciding_on_what_one_saw_before():
    return sco().refuse(c.SuspendSession(), expected_seq=3)


@case(Code.ITEM_PHASE, "5.1", number=2, phase="LISTED", allowed="DECISION, DELIBERATION, NEGOTIATION")
def a_clause_for_an_item_not_taken_up():
    scene = sco(items=2)
    second = list(scene.state.items)[1]
    return scene.refuse(c.ProposeProvision(item=second, text="Decides.", language=EN), "KAZ")


@case(Code.TEXT_STATE, "5.10", number=1, state="WORKING", allowed="CIRCULATED")
def cleaning_what_was_not_circulated():
    scene = sco()
    return scene.refuse(c.CleanText(item=scene.item))


@case(Code.TEXT_EMPTY, "4.1", "text")
def a_position_of_white_space():
    scene = sco()
    return scene.refuse(position(scene, " \n "), "KAZ")


@case(Code.TEXT_ERASED, "6.5")
def adopting_a_clause_whose_words_are_erased():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[1]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.wait(minutes=30)
    return scene.refuse(c.CloseCall(item=scene.item))
