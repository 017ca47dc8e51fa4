"""Laws of brackets, on clauses and wordings drawn at random."""

from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.drafting.brackets import PRESENT, arranged
from polylogue.drafting.pieces import chosen
from polylogue.vocabulary import AlternativeId
from tests.polylogue.procedure.brackets import close, having, held, opened, readings, words
from tests.scenes import EN, THREE

KAZ, KGZ, UZB = THREE
WORDS = st.sampled_from(["shall", "may", "trade", "in", "goods", "and", "May", "水", "встречи", ","])


texts = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_in_whatever_order_brackets_are_closed_the_same_choices_give_the_same_text(
    present: str, others: list[str], data: st.DataObject
):
    """And a choice is a reading: who has it may be called otherwise by then."""
    ends: list[str] = []
    wanted: list[str] | None = None
    for _ in range(2):
        scene, clause = opened(present)
        for other in others:
            scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), KAZ)
        stood = readings(scene, clause)
        if wanted is None:
            wanted = [data.draw(st.sampled_from(bracket)) for bracket in stood]
        left = list(range(len(stood)))
        while left and scene.state.provisions[clause].alternatives:
            at = data.draw(st.integers(0, len(left) - 1))
            command = close(clause, at + 1, having(scene, clause, at + 1, wanted[left[at]]))
            if not isinstance(scene.attempt(command), tuple):
                return  # nothing would be left of the clause
            del left[at]
            assert [sorted(bracket) for bracket in readings(scene, clause)] == [sorted(stood[i]) for i in left]
        ends.append(scene.words(clause))
    assert ends[0] == ends[1]


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_reopening_gives_back_what_a_closing_ended(present: str, others: list[str], data: st.DataObject):
    scene, clause = opened(present)
    for seat, other in zip((*THREE, *THREE), others, strict=False):
        scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), seat)
    before = words(scene, clause)
    stated = {id: held(scene, clause, AlternativeId(id)) for id in before if id}
    if len(before) == 1:
        return
    number = data.draw(st.none() | st.integers(1, len(readings(scene, clause))))
    key = data.draw(st.sampled_from(sorted(before)))
    chosen_id = AlternativeId(key) if key else None
    if not isinstance(scene.attempt(c.CloseBracket(provision=clause, bracket=number, alternative=chosen_id)), tuple):
        return
    now = scene.words(clause)
    scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), KAZ)
    after = words(scene, clause)
    assert set(after.values()) == set(before.values()) | {now}
    assert after[PRESENT] == now
    kept = {id: text for id, text in before.items() if id and text != now}
    assert kept.items() <= after.items()
    assert all(held(scene, clause, AlternativeId(id)) == stated[id] for id in kept)


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_whatever_is_merged_and_split_no_word_is_lost(present: str, others: list[str], data: st.DataObject):
    scene, clause = opened(present)
    for other in others:
        scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), KAZ)
    before = words(scene, clause)
    for _ in range(data.draw(st.integers(1, 4))):
        first, last = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
        scene.attempt(c.MergeBrackets(provision=clause, first=first, last=last, if_revision=1))
        scene.attempt(c.SplitBracket(provision=clause, bracket=first, if_revision=1))
        pieces = arranged(before, EN, scene.state.provisions[clause].regions)
        assert {key: chosen(pieces, key) for key in before} == before
