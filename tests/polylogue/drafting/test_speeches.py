"""Long, messy, real wordings: what states said on one theme, as if each had put it forward for the same clause.

A text that is as messy, with broken lines, odd spaces and several scripts, always runs.
"""

import re
from collections.abc import Iterator
from random import Random

import pytest

from polylogue.drafting.extent import extent
from polylogue.drafting.legible import legible, options
from polylogue.drafting.merge import chosen, merge
from polylogue.drafting.redline import ChangeKind, redline
from polylogue.drafting.render import Voices, escaped, rendered
from polylogue.drafting.tokens import sentences, tokens
from tests.polylogue.drafting.merged import brackets, well_formed, words_of
from tests.polylogue.drafting.spoken import WORDS, passages, speeches, spoken

THEMES = ("terrorism", "climate change", "Security Council", "sovereignty", "water", "drug", "trade")
YEARS = (2001, 2005, 2009, 2013, 2017, 2020, 2024)


def stands(texts: dict[str, str], language: str) -> None:
    """Everything that must hold of whatever anybody says."""
    smallest, shown = merge(texts, language), legible(texts, language)
    for pieces in (smallest, shown):
        assert {holder: chosen(pieces, holder) for holder in texts} == texts
        well_formed(pieces, set(texts))
    for bracket in brackets(smallest):
        assert set.intersection(*(words_of(reading.text, language) for reading in bracket.readings)) == set()
    assert merge(dict(reversed(texts.items())), language) == smallest
    for bracket in brackets(shown):
        for option in options(bracket, language):
            for holder in option.holders:
                assert chosen(option.pieces, holder) == chosen((bracket,), holder)
    voices = Voices({key: key for key in texts}, {key: (key or "CHN",) for key in texts})
    printed = rendered("1", shown, voices, language)
    unescaped = re.sub(r"\\[\[\]\\]", "", printed)
    assert unescaped.count("[") == unescaped.count("]") >= sum(len(bracket.readings) for bracket in brackets(shown)[1:])
    measured = extent([shown], language)
    assert 0 <= measured.bracketed <= measured.words
    for holder, text in texts.items():
        assert "".join(tokens(text, language)) == "".join(sentences(text, language)) == text
        changes = redline(texts[""], text, language)
        assert "".join(change.text for change in changes if change.kind is not ChangeKind.REMOVED) == text, holder


@spoken
@pytest.mark.parametrize("theme", THEMES)
def test_what_states_said_on_a_theme(theme: str):
    seen = 0
    for year in YEARS:
        texts = passages(year, theme)
        if len(texts) > 1:
            stands(texts, "en")
            seen += len(texts)
    assert seen >= 15


@spoken
def test_a_state_says_the_same_again_with_a_few_changes():
    """A passage as thirteen delegations would edit it: much stays outside the brackets."""
    for year in YEARS:
        text = passages(year, "cooperation")[""]
        texts = {"": text} | {f"a{n:02}": rewritten(text, n) for n in range(12)}
        stands(texts, "en")
        smallest = merge(texts, "en")
        plain = extent([smallest], "en")
        assert len(brackets(smallest)) > 5
        assert plain.words - plain.bracketed > WORDS / 4


@spoken
def test_whole_speeches():
    """Ten thousand characters and more each, hardly anything in common."""
    said = speeches()[2009]
    texts = {state if place else "": said[state] for place, state in enumerate(sorted(said))}
    assert max(map(len, texts.values())) > 10_000
    pieces = merge(texts, "en")
    assert {holder: chosen(pieces, holder) for holder in texts} == texts
    assert len(legible(texts, "en")) == 1


def rewritten(text: str, seed: int) -> str:
    """A text with about one word in twenty left out, replaced or doubled, the same for the same seed."""
    chance = Random(seed)

    def edited() -> Iterator[str]:
        for word in re.findall(r"\S+\s*", text):
            change = chance.random()
            if change < 0.02:
                continue
            yield "mutual " if change < 0.035 else word
            if change > 0.985:
                yield chance.choice(("fully ", "and ", "[sic] ", "where appropriate, "))

    return "".join(edited())


MESSY = (
    "Мы — The  Member\nStates,\n\nrecalling\u00a0[General Assembly] resolution 56/1,  “terrorism” in all its forms: "
    "各成员国重申，反对一切形式的恐怖主义；\n  (a) co-operate, where appropriate;  (b) exchange information… "
    "على الدول الأعضاء أن تتعاون، וכן הלאה. e\u0301tat cafe\u0301 \\[typed\\] ]] [[ 1,000.5% №5 ﷽ 👩‍👩‍👧 "
    "सदस्य देशों को — ‘quoted’ \u200bzero\u200b width; АНГЛО-русский text-with–dashes‐and\u00adhyphens."
)


@pytest.mark.parametrize("language", ["en", "ru", "zh", "ar", "hi", "x-none"])
def test_a_text_of_everything_at_once(language: str):
    texts = {"": MESSY} | {f"a{n:02}": rewritten(MESSY * 2, n) for n in range(8)}
    texts |= {"b0": MESSY[::-1], "b1": MESSY.replace(" ", ""), "b2": MESSY.replace("\n", " "), "b3": ""}
    stands(texts, language)
    assert rendered("", legible({"": MESSY}, language), Voices({}, {}), language) == escaped(MESSY)
