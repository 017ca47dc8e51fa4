"""What a reader sees of a merge: nothing lost, no confetti, whole clauses where little is shared."""

import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.extent import Extent, extent
from polylogue.drafting.legible import legible, options, tidied
from polylogue.drafting.merge import Bracket, Plain, chosen, merge
from polylogue.drafting.redline import ChangeKind, redline
from polylogue.drafting.render import Voices, escaped, rendered
from polylogue.drafting.tokens import weight, words
from tests.polylogue.drafting.merged import Wordings, brackets, printed, well_formed
from tests.polylogue.drafting.wordings import VOCABULARY, invented, joined, messy, wordings

UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*([\[\]])")


def voices(*keys: str) -> Voices:
    """Every wording is backed by a seat called like it; the present text by CHN."""
    return Voices({key: key for key in keys}, {key: (key.upper() or "CHN",) for key in keys})


def shown(texts: dict[str, str], language: str = "en", number: str = "3") -> str:
    return rendered(number, legible(texts, language), voices(*texts), language)


# ── the laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(wordings())
def test_nothing_is_lost_by_joining_brackets(given: Wordings):
    texts, language = given
    for pieces in (legible(texts, language), tidied(merge(texts, language), language)):
        assert {holder: chosen(pieces, holder) for holder in texts} == texts
        well_formed(pieces, set(texts))


@given(wordings(), st.randoms(use_true_random=False))
def test_the_order_of_the_wordings_does_not_matter(given: Wordings, chance: Random):
    texts, language = given
    keys = list(texts)
    chance.shuffle(keys)
    assert legible({key: texts[key] for key in keys}, language) == legible(texts, language)


@given(wordings())
def test_tidied_twice_is_tidied_once(given: Wordings):
    texts, language = given
    once = tidied(merge(texts, language), language)
    assert len(brackets(once)) <= len(brackets(merge(texts, language)))
    for before, between, after in zip(once, once[1:], once[2:], strict=False):
        if isinstance(between, Plain) and isinstance(before, Bracket) and isinstance(after, Bracket):
            sizes = [max(weight(r.text, language) for r in side.readings) for side in (before, after)]
            assert weight(between.text, language) > 4 or weight(between.text, language) >= min(sizes)


@given(wordings())
def test_a_clause_with_little_in_common_is_bracketed_whole(given: Wordings):
    texts, language = given
    pieces, smallest = legible(texts, language), merge(texts, language)
    outside = sum(words(piece.text, language) for piece in smallest if isinstance(piece, Plain))
    if outside * 3 < words(texts[""], language):
        assert len(pieces) == 1
    if len(pieces) > 1:
        assert any(words(piece.text, language) for piece in pieces if isinstance(piece, Plain))


@given(wordings())
def test_options_hold_every_wording_once(given: Wordings):
    texts, language = given
    for bracket in brackets(legible(texts, language)):
        found = options(bracket, language)
        held = [holder for option in found for holder in option.holders]
        assert sorted(held) == sorted(texts)
        assert [option.holders[0] for option in found] == sorted(option.holders[0] for option in found)
        for option in found:
            for holder in option.holders:
                assert chosen(option.pieces, holder) == chosen((bracket,), holder)


@given(wordings())
def test_every_bracket_printed_is_one_of_the_text(given: Wordings):
    """Literal brackets are escaped: those left open and close in turn, and are as many as there are readings."""
    texts, language = given
    found = [match[1] for match in UNESCAPED.finditer(shown(texts, language))]
    depth, deepest = 0, 0
    for bracket in found:
        depth += 1 if bracket == "[" else -1
        deepest = max(deepest, depth)
        assert depth >= 0
    assert depth == 0
    assert deepest <= 2
    pieces = legible(texts, language)
    if not (len(pieces) == 1 and brackets(pieces)):
        assert len(found) == 2 * sum(len(bracket.readings) for bracket in brackets(pieces))


@given(wordings())
def test_without_escapes_and_backers_the_words_printed_are_those_said(given: Wordings):
    texts, language = given
    alone = {"": texts[""]}
    assert rendered("", legible(alone, language), voices(), language) == escaped(texts[""])
    assert re.sub(r"\\([\[\]\\])", r"\1", escaped(texts[""])) == texts[""]


@given(wordings(least=2, most=2))
def test_a_redline_has_both_texts_in_it(given: Wordings):
    texts, language = given
    before, after = texts[""], texts["a00"]
    changes = redline(before, after, language)
    assert "".join(change.text for change in changes if change.kind is not ChangeKind.ADDED) == before
    assert "".join(change.text for change in changes if change.kind is not ChangeKind.REMOVED) == after
    assert all(change.text for change in changes)
    assert all(one.kind is not other.kind for one, other in pairwise(changes))


@given(st.lists(wordings(most=4), max_size=4))
def test_extents_of_clauses_add_up(several: list[Wordings]):
    clauses = [merge(texts, "en") for texts, _ in several]
    whole, parts = extent(clauses, "en"), [extent([pieces], "en") for pieces in clauses]
    assert whole.words == sum(part.words for part in parts)
    assert whole.bracketed == sum(part.bracketed for part in parts) <= whole.words
    assert whole.brackets == sum(len(brackets(pieces)) for pieces in clauses)


# ── known clauses ────────────────────────────────────────────────────────────────────────────────────────────────────

SHALL = {
    "": "Member States shall deepen trade and build roads.",
    "a": "Member States should deepen trade and build roads.",
    "b": "Member States deepen trade and build railways.",
}


def test_brackets_as_in_drafts_of_the_united_nations():
    assert shown(SHALL) == (
        "3. Member States [shall (CHN)] [should (A)] [– (B)] deepen trade and build [roads (A, CHN)] [railways (B)]."
    )


def test_brackets_in_russian_and_chinese():
    russian = {"": "Стороны будут развивать торговлю.", "a": "Стороны обязуются развивать торговлю."}
    assert shown(russian, "ru") == "3. Стороны [будут (CHN)] [обязуются (A)] развивать торговлю."
    chinese = {"": "各成员国应当深化安全合作。", "a": "各成员国可以深化安全合作。", "b": "成员国应当深化安全合作。"}
    assert shown(chinese, "zh-Hans") == "3. [各（A、CHN）][–（B）]成员国[应当（B、CHN）][可以（A）]深化安全合作。"


def test_brackets_that_hardly_anything_divides_are_one():
    texts = {
        "": "The Parties shall promptly establish joint expert groups on water.",
        "a": "The Parties may in due course convene joint working meetings on water.",
    }
    assert printed(merge(texts, "en")) == (
        "The Parties [shall promptly establish|may in due course convene] joint [expert groups|working meetings]"
        " on water."
    )
    assert printed(legible(texts, "en")) == (
        "The Parties [shall promptly establish joint expert groups|may in due course convene joint working meetings]"
        " on water."
    )
    assert printed(legible(SHALL, "en")) == printed(merge(SHALL, "en")), "a verb between two changed words stays"


def test_a_whole_clause_is_options_and_what_is_alike_is_one_of_them():
    texts = {
        "": "Member States shall deepen cooperation in the field of security.",
        "bis": "Member States shall deepen cooperation in the field of trade.",
        "quater": "The Parties intend to open a centre against drugs [in Dushanbe]",
        "ter": "",
    }
    assert shown(texts).splitlines() == [
        "3. [Member States shall deepen cooperation in the field of [security (CHN)] [trade (BIS)]. (BIS, CHN)]",
        "3 quater. [The Parties intend to open a centre against drugs \\[in Dushanbe\\] (QUATER)]",
        "3 ter. [– (TER)]",
    ]
    assert shown(texts, number="").splitlines()[2] == "ter. [– (TER)]"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("States shall act.", "States shall act now."), "3. States shall act [– (CHN)] [now (A)]."),
        (
            ("Act now, please do.", "Act  now, please do.\n"),
            "3. Act [– (CHN)] [␣ (A)]now, please do.[– (CHN)] [⏎ (A)]",
        ),
        (("", ""), "3."),
        (("Act [now] \\ then.",), "3. Act \\[now\\] \\\\ then."),
        (("Act ] now for all.", "Act [ now for all."), "3. Act [\\] (CHN)] [\\[ (A)] now for all."),
        (("על המדינות לפעול יחד", "על המדינות לדון יחד"), "3. על המדינות [לפעול (CHN)] [לדון (A)] יחד"),
    ],
)
def test_spaces_and_typed_brackets(texts: tuple[str, ...], expected: str):
    assert shown(dict(zip(("", "a"), texts, strict=False))) == expected


def test_who_backs_nothing_is_not_named():
    nobody = Voices({}, {})
    assert rendered("", legible(SHALL, "en"), nobody, "en") == (
        "Member States [shall] [should] [–] deepen trade and build [roads] [railways]."
    )


def test_the_extent_of_a_text():
    pieces = merge(SHALL, "en")
    assert extent([pieces], "en") == Extent(words=10, bracketed=4, brackets=2)
    assert extent([pieces], "en").ratio == pytest.approx(0.4)
    assert extent([], "en").ratio is None
    assert extent([merge({"": "各国合作。", "a": "各国竞争。"}, "zh")], "zh") == Extent(6, 4, 1)


def test_a_redline_by_character_in_chinese():
    found = [(change.kind.value, change.text) for change in redline("各国应当合作。", "各国可以合作。", "zh")]
    assert found == [("KEPT", "各国"), ("REMOVED", "应当"), ("ADDED", "可以"), ("KEPT", "合作。")]
    assert redline("", "", "en") == ()


def marked(before: str, after: str, language: str) -> str:
    signs = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "[+{}+]"}
    return "".join(signs[change.kind].format(change.text) for change in redline(before, after, language))


def test_a_redline_is_no_confetti():
    before, after = "各国应当加强合作，建立联合机制。", "各国应该增强协作，设立共同机制。"
    assert marked(before, after, "zh") == "各国应[-当加强合作，建立联合-][+该增强协作，设立共同+]机制。"
    # one character that both have by chance stands in the change
    assert marked("各国每年在首都开会。", "各国两年在京城开会。", "zh") == "各国[-每-][+两+]年在[-首都-][+京城+]开会。"
    assert marked("各国同意开会。", "各国不同于开会。", "zh") == "各国[-同意-][+不同于+]开会。"
    # what shares next to nothing is another text
    assert marked("Rivers unite.", "Nobody shall dam.", "en") == "[-Rivers unite.-][+Nobody shall dam.+]"
    assert marked("", "Act.", "en") == "[+Act.+]"
    assert marked("Act.", "", "en") == "[-Act.-]"


@pytest.mark.parametrize("language", ["en", "ru", "zh", "ar"])
def test_long_and_messy_clauses_are_printed_without_loss(language: str):
    vocabulary = VOCABULARY[language]
    texts = {f"a{number}": messy(vocabulary, language, number) for number in range(6)}
    texts |= {"": joined(Random(1), vocabulary * 20, language), "b": "", "c": texts["a1"]}
    pieces = legible(texts, language)
    assert {holder: chosen(pieces, holder) for holder in texts} == texts
    assert shown(texts, language)
    near = invented(Random(5), language, 13, 300)
    pieces = legible(near, language)
    assert {holder: chosen(pieces, holder) for holder in near} == near


# ── what the page says ───────────────────────────────────────────────────────────────────────────────────────────────

PAGE = Path(__file__).parents[3] / "docs" / "drafting.md"


@pytest.mark.parametrize(
    ("language", "number", "texts"),
    [
        (
            "en",
            "4",
            {
                "CHN RUS": "Member States shall deepen cooperation in education and science.",
                "IND": "Member States should deepen cooperation in education and science.",
                "PAK": "Member States deepen cooperation in education and science.",
            },
        ),
        (
            "en",
            "5",
            {
                "CHN": "Parties shall set up joint working groups on water.",
                "IND": "Parties may in due course convene joint expert meetings on water.",
            },
        ),
        (
            "en",
            "6",
            {
                "CHN": "The Council decides to meet in Bishkek in May.",
                "IND": "Decisions on where and when to meet are left to the Heads of State.",
                "PAK": "The Council decides to meet in Dushanbe in June.",
            },
        ),
        ("zh", "", {"CHN RUS": "各成员国应当深化安全合作。", "IND": "各成员国可以深化安全合作。"}),
    ],
)
def test_the_page_prints_what_is_printed(language: str, number: str, texts: dict[str, str]):
    told = PAGE.read_text(encoding="utf-8")
    names = dict(zip(texts, ("", "bis", "ter"), strict=False))
    wanted = {names[seats]: text for seats, text in texts.items()}
    behind = Voices({name: name for name in names.values()}, {names[seats]: tuple(seats.split()) for seats in texts})
    ways = (legible, merge) if number == "5" else (legible,)
    for pieces in (way(wanted, language) for way in ways):
        for line in rendered(number, pieces, behind, language).splitlines():
            assert line.removeprefix("5. ") in " ".join(told.split())


def test_the_share_that_the_page_names():
    texts = {"": "Member States shall deepen cooperation in education and science."}
    texts |= {"a": texts[""].replace("shall", "should"), "b": texts[""].replace("shall ", "")}
    assert extent([legible(texts, "en")], "en") == Extent(words=10, bracketed=2, brackets=1)
