"""Positions mended, and the interests behind them: what is restored, and what stands in its way."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from tests.polylogue.procedure.corrections import KAZ, code, correct, superseded
from tests.scenes import EN, RU, Scene, sco


def says(scene: Scene, words: str = "Water.", by: str = KAZ, interests: str | None = None) -> int:
    scene.give(c.PostPosition(item=scene.item, text=words, language=EN, interests=interests), by)
    return next(x.seq for x in reversed(scene.entries) if isinstance(x.event, e.PositionPosted))


def test_a_position_has_other_words_or_never_was():
    scene = sco(stage="scheduled")
    first, second = says(scene, "Water."), says(scene, "Wter.")
    (position, _) = scene.state.positions[scene.item, KAZ]
    assert superseded(scene, first, second)
    words = c.RestoredWords(text="Вода.", language=RU, translations=(c.Translation(language=EN, text="Water."),))
    correct(scene, second, "secretary", position=words)
    assert scene.state.positions[scene.item, KAZ] == (position, 2)
    assert code(scene, scene.state.seq, position=words) is RefusalCode.CORRECTION_UNCHANGED
    correct(scene, scene.state.seq, KAZ)
    assert scene.state.positions[scene.item, KAZ] == (position, 1)
    correct(scene, first, KAZ)
    assert (scene.item, KAZ) not in scene.state.positions
    correct(scene, scene.state.seq, KAZ, position=c.RestoredWords(text="Yes.", language=EN))
    assert scene.state.positions[scene.item, KAZ] == (position, 1)


def test_a_position_that_was_void_comes_back_behind_the_one_that_it_followed_only():
    scene = sco()
    first, second = says(scene, "Water."), says(scene, "Ice.")
    correct(scene, second)
    void, words = scene.state.seq, c.RestoredWords(text="Snow.", language=EN)
    newer = says(scene, "Rain.")
    assert superseded(scene, void, newer, position=words)
    correct(scene, newer)
    correct(scene, first)
    assert superseded(scene, void, scene.state.seq, position=words)
    correct(scene, scene.state.seq, position=words)
    correct(scene, void, position=words)
    position, revision = scene.state.positions[scene.item, KAZ]
    assert (revision, scene.state.posted[position][-1].seq) == (2, scene.state.seq)


def test_a_position_that_a_draft_cites_stays():
    scene = sco()
    said = says(scene)
    position, revision = scene.state.positions[scene.item, KAZ]
    source = c.DraftSource(seat=KAZ, position=position, revision=revision)
    scene.give(
        c.TableDraft(item=scene.item, clauses=(c.DraftedClause(text="Water.", language=EN, sources=(source,)),)),
        "worker",
    )
    assert superseded(scene, said, scene.state.seq)


def test_interests_are_corrected_by_those_who_may_read_them():
    scene = sco()
    says(scene, interests="Fish.")
    behind = scene.state.seq
    words = c.RestoredWords(text="Rice.", language=EN)
    for by in ("secretary", "KGZ"):
        assert code(scene, behind, by, interests=words) is RefusalCode.CORRECTION_NOT_YOURS
    correct(scene, behind, KAZ, interests=words)
    assert b'"visibility":{"seats":["KAZ"],"to":"SEATS"}' in scene.stored[-1]
    correct(scene, scene.state.seq, "chair")
    assert scene.state.posted[scene.state.positions[scene.item, KAZ][0]][-1].interests_seq is None
    correct(scene, scene.state.seq, "chair", interests=words)
    newer = says(scene)
    assert superseded(scene, scene.state.seq - 1, newer, interests=words)
