"""Mistakes mended: by whom, of which entry, until when, and one at a time."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import Seq
from tests.polylogue.procedure.corrections import ACCEPT, KAZ, RESERVE, code, command, correct, levels, restated, stated
from tests.scenes import EN, sco, stance


def test_one_restored_value_of_the_kind_is_given():
    scene = sco()
    said = stated(scene, stance(scene.clauses[0]))
    both = {"void": True, "stances": restated(stance(scene.clauses[0], ACCEPT))}
    wrongs: list[dict[str, Any]] = [both, {"void": False}, {"position": c.RestoredWords(text="No.", language=EN)}]
    for wrong in wrongs:
        assert code(scene, said, **wrong) is RefusalCode.CORRECTION_MISMATCH
    assert (
        scene.refuse(c.CorrectEntry(seq=Seq(said), restored=c.Restored(), reason="No.")).code == "CORRECTION_MISMATCH"
    )
    assert code(scene, said, stances=c.RestoredStances(stances=())) is RefusalCode.LIST_EMPTY


@pytest.mark.parametrize("seq", [0, -1, 10**9])
def test_an_entry_that_is_not_there(seq: int):
    scene = sco()
    refusal = scene.refuse(command(seq))
    assert (refusal.code, refusal.params["kind"]) == (RefusalCode.UNKNOWN_REFERENCE, "entry")


def test_the_record_is_corrected_until_it_is_sealed_and_for_a_reason():
    scene = sco()
    said = stated(scene, stance(scene.clauses[0]))
    nothing = c.CorrectEntry(seq=Seq(said), restored=c.Restored(void=True), reason=" ")
    assert scene.refuse(nothing, KAZ).code is RefusalCode.REASON_MISSING
    scene.give(c.CloseSession())
    correct(scene, said, KAZ)
    scene.give(c.SealSession())
    assert code(scene, scene.state.seq - 1, KAZ) is RefusalCode.SESSION_SEALED


def test_nobody_s_kind_of_entry_is_told_to_whom_it_is_not_for():
    scene = sco()
    scene.give(c.SuspendSession())
    suspended = scene.state.seq
    assert code(scene, suspended, KAZ) is RefusalCode.CORRECTION_NOT_YOURS
    assert code(scene, suspended, "secretary") is RefusalCode.CORRECTION_KIND
    assert code(scene, suspended, "visitor") is RefusalCode.NOT_PERMITTED


def test_a_stance_taken_with_a_position_is_corrected_by_itself():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.PostPosition(item=scene.item, text="Yes.", language=EN, stances=(stance(clause),)), KAZ)
    correct(scene, scene.state.seq, KAZ, stances=restated(stance(clause, RESERVE)))
    assert levels(scene)[0] == RESERVE
