"""The words of minutes: every kind of entry has a sentence, in every language."""

from string import Formatter

import pytest

from polylogue.drafting import phrases as documents
from polylogue.events import KINDS
from polylogue.minutes.phrases import known, phrases
from polylogue.minutes.tellings import TELLINGS
from polylogue.vocabulary import (
    CallOutcome,
    DecisionType,
    DraftStop,
    Role,
    StanceLevel,
    Standing,
    TextState,
    WriterOutcome,
)

LANGUAGES = ("en", "ru", "zh")


def places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_every_kind_of_entry_is_told():
    assert set(TELLINGS) == set(KINDS.values())
    for kind in KINDS:
        assert any(name == kind or name.startswith(f"{kind} ") for name in known()["en"]), kind


def test_all_languages_have_the_same_phrases():
    assert set(known()) == set(LANGUAGES)
    for language in LANGUAGES:
        assert known()[language].keys() == known()["en"].keys(), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_has_the_same_places_in_every_language(language: str):
    for name, phrase in known()[language].items():
        assert places(phrase) == places(known()["en"][name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_vocabulary_has_one(language: str):
    of = phrases(language)
    wanted = {*StanceLevel, *DecisionType, *DraftStop, *Standing}
    wanted |= {f"the {role}" for role in Role} | {f"a {role}" for role in Role}
    wanted |= {f"outcome {each}" for each in CallOutcome} | {f"asked {each}" for each in WriterOutcome}
    wanted |= {f"{state} text" for state in TextState}
    assert not wanted - of.keys()


def test_no_phrase_of_documents_is_given_another_meaning():
    for language in LANGUAGES:
        assert not known()[language].keys() & documents.phrases(language).keys()
