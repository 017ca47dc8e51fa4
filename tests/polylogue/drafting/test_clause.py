"""Clauses that are remembered: the same as made afresh, and made anew where a word, a backer or a decision changes."""

from hypothesis import given

from polylogue.drafting import clause
from polylogue.drafting.brackets import arranged, find, joined, region_of
from polylogue.drafting.extent import extent
from polylogue.drafting.legible import SMALL, legible
from polylogue.drafting.render import Voices, rendered
from tests.polylogue.drafting.merged import Wordings
from tests.polylogue.drafting.wordings import wordings

NOBODY = Voices({}, {})


@given(wordings())
def test_what_is_remembered_is_what_is_made(given: Wordings):
    texts, language = given
    pieces = legible(texts, language)
    for _ in range(2):
        assert clause.pieces_of(texts, language) == pieces
        assert clause.extent_of(texts, language) == extent([pieces], language)
        assert clause.printed("1", texts, NOBODY, language) == rendered("1", pieces, NOBODY, language)


def test_whatever_changes_is_made_anew():
    texts = {"": "States shall act.", "bis": "States should act."}
    assert clause.printed("1", texts, NOBODY, "en") == "1. States [shall] [should] act."
    assert clause.printed("2", texts, NOBODY, "en") == "2. States [shall] [should] act."
    backed = Voices({}, {"bis": ("KAZ",)})
    assert clause.printed("1", texts, backed, "en") == "1. States [shall] [should (KAZ)] act."
    texts["bis"] = "States may act."
    assert clause.printed("1", texts, backed, "en") == "1. States [shall] [may (KAZ)] act."


def test_decided_brackets_are_shown_as_decided():
    texts = {"": "States shall act in the long run.", "bis": "States should act in the short run."}
    spans = find(texts, "en")
    assert len(spans) == 2
    kept = tuple(region_of(each) for each in joined(spans, 1, 2))
    assert clause.pieces_of(texts, "en", kept) == arranged(texts, "en", kept)
    assert clause.printed("1", texts, NOBODY, "en", kept) == (
        "1. States [shall act in the long] [should act in the short] run."
    )
    assert clause.printed("1", texts, NOBODY, "en") == "1. States [shall] [should] act in the [long] [short] run."
    assert clause.extent_of(texts, "en", kept).brackets == 1


def test_large_clauses_are_remembered_too_and_all_can_be_forgotten():
    texts = {"": "States shall act. " * (SMALL // 16), "bis": "States should act."}
    assert clause.pieces_of(texts, "en") is clause.pieces_of(texts, "en")
    before = clause.pieces_of(texts, "en", ())
    clause.forget()
    assert clause.pieces_of(texts, "en") == before
