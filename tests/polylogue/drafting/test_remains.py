"""What remains of a text without some of its words reads as a text, and where it would not, they are not left out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.remains import aside, without

LEFT_OUT = {
    "en": {
        "Trade grows. [Water is shared|Gas is dear]. All benefit.": "Trade grows. All benefit.",
        "Trade grows. [Water is shared.|Gas is dear, too.] All benefit.": "Trade grows. All benefit.",
        "Trade grows. [Water is shared|Gas is dear].": "Trade grows.",
        "[In May|By June], Members meet.": "Members meet.",
        "All tell one another, [at least a month ahead|as they wish], of it.": "All tell one another of it.",
        "A line is kept, [in English|with two more languages].": "A line is kept.",
        "Convinced of this, [in good time|with all due care],": "Convinced of this,",
        "A line is kept; [each decides who answers|a list is kept].": "A line is kept.",
        "A line is kept[, in English|; each decides who answers].": "A line is kept.",
        "A line (annex [1|2]) is kept.": None,
        "A line ([annex 1|see the list]) is kept.": "A line is kept.",
        "A line – [an old one|two of them] – is kept.": "A line is kept.",
        "Terror, separatism, [extremism|radicalism] and drugs are fought.": "Terror, separatism and drugs are fought.",
        "In May, [members|states] and partners meet.": None,
        "Trade [in water|with rivers] and transport grow.": "Trade and transport grow.",
        "Assessments are exchanged [every quarter|twice a year, and at once where it is urgent].": "Assessments are "
        "exchanged.",
        "Members [of the Council|from Asia] shall meet.": "Members shall meet.",
        "Members shall [promptly and fully|jointly] inform all.": "Members shall inform all.",
        "We agree [in May|by June]": "We agree",
    },
    "ru": {
        "Стороны обмениваются оценками [в мае|через контактные пункты].": "Стороны обмениваются оценками.",
        "Стороны должны [регулярно|незамедлительно] сообщать о них.": "Стороны должны сообщать о них.",
        "[В мае|До июня], Стороны собираются.": "Стороны собираются.",
        "Стороны развивают [торговлю|связь].": None,
    },
    "zh-Hans": {
        "[依照国内法|根据章程]，各成员国深化合作。": "各成员国深化合作。",
        "各成员国，[依照国内法|根据章程]，深化合作。": "各成员国，深化合作。",
        "深化贸易、[能源|水利]、交通合作。": "深化贸易、交通合作。",
        "深化贸易、[能源|水利]和交通合作。": "深化贸易和交通合作。",
        "深化[能源|水利]、交通合作。": "深化交通合作。",
        "各方应[定期|及时]交换意见。": "各方应交换意见。",
        "交换意见，[并通报秘书处|通过协商]。": "交换意见。",
        "各方[应当|可以]交换意见。": None,
        "各方在[五|六]月会晤。": None,
    },
    "bg": {"Тероризъм, сепаратизъм, [екстремизъм|радикализъм] и трафик.": None},
    "it": {
        "Una linea ([allegato 1|elenco]) resta.": "Una linea resta.",
        "Una linea [in inglese|per tutti] e una lista.": None,  # "in" and "per" are on the lists of other languages
        "Una linea, [in inglese|per tutti], resta.": None,
    },
}
"""Texts with the readings of one place, and what remains."""

KEPT = (
    "Trade in [water|rivers].",  # a preposition would hang
    "It is financed by [equal|voluntary] contributions.",
    "It is held near [shared|all] borders.",
    "It is held [near|within a hundred kilometres of] shared borders.",
    "It is held every [year|two years], in which all speak.",
    "[Members|Partners] shall meet.",
    "Members shall [meet|not meet].",
    "Trade [in deep|with shallow] water.",
    "Trade [in water|that flows] and transport grow.",
    "They meet in the spirit [in May|by June] of trade.",
    "Members shall not [only|fully] inform all.",
    "[Water is shared|Gas is dear].",
    "All agree [that (annex|in (the list] 1) is good.",
    "A line, [an old one|two of them], is kept.",
)
"""Texts in which the words of a place cannot be left out."""


def cut(marked: str, language: str) -> str | None:
    before, readings, after = re.split(r"[\[\]]", marked)
    return without(before, readings.split("|"), after, language)


@pytest.mark.parametrize("language", LEFT_OUT)
def test_what_remains_is_well_formed(language: str):
    for marked, remains in LEFT_OUT[language].items():
        assert cut(marked, language) == remains, marked


@pytest.mark.parametrize("marked", KEPT)
def test_words_that_a_sentence_needs_are_not_left_out(marked: str):
    assert cut(marked, "en") is None


def test_where_somebody_has_no_words_there_nothing_is_left_out():
    assert without("Trade", [" in water", ""], ".", "en") is None
    assert without("Trade", [], ".", "en") is None
    assert without("", ["In water."], "", "en") is None


WORDS = re.findall(r"\S+", "Members shall meet in May of trade promptly and not , , ; . ( ) – Стороны в включая должны")
CHARACTERS = list("各方应在五月、、，，。和深化合作定期（）")


@st.composite
def places(draw: st.DrawFn) -> tuple[str, list[str], str, str]:
    """A place in a text, tidy as far as its words are."""
    chinese = draw(st.booleans())
    said = st.lists(st.sampled_from(CHARACTERS if chinese else WORDS), max_size=7)

    def text() -> str:
        words = draw(said)
        return "".join(words) if chinese else re.sub(r" ([,;.)])|(\() ", r"\1\2", " ".join(words))

    begun = st.sampled_from(("定期", "，", "") if chinese else ("in trade", "with Members", "promptly", "; ", ""))
    before, after, readings = text(), text(), [draw(begun) + text() for _ in range(draw(st.integers(1, 2)))]
    if not chinese:
        before, after = before + " " * bool(before), after if re.match("[,;.)]", after) else " " * bool(after) + after
    return before, readings, after, "zh" if chinese else draw(st.sampled_from(("en", "ru")))


@given(places())
def test_nothing_hangs_that_did_not_hang_before(place: tuple[str, list[str], str, str]):
    before, readings, after, language = place
    remains = without(before, readings, after, language)
    if remains is None:
        return
    assert remains == remains.strip()
    assert "  " not in remains
    assert re.search(r"\w", remains)
    rest = re.findall(r"\w+", before + "\n" + after)
    assert (re.findall(r"\w+", remains) == rest) if language != "zh" else set(remains) <= set(before + after)
    hanging = re.compile(r"[,;–、，] ?[,;.)、，。）]|[(（] ?[,;.)、，。）]|\s[,;.)]|^[,;.)、，。）]")
    there = hanging.findall(before) + hanging.findall(after)
    assert len(hanging.findall(remains)) <= len(there), (place, remains)


@pytest.mark.parametrize(
    ("marked", "said", "language"),
    [
        ("Languages[, and in any other,] are spoken.", "and in any other", "en"),
        ("Trade grows[; each decides alone].", "each decides alone", "en"),
        ("It affects trade[; summaries] shall be kept.", None, "en"),
        ("All shall [not ]meet.", None, "en"),
        ("All shall [in no case ]meet.", "in no case", "en"),
        ("All shall meet [without delay ]there.", "without delay", "en"),
        ("Trade [in ]water grows.", None, "en"),
        ("Trade grows. [Water is shared. ]All benefit.", None, "en"),
        ("Trade grows[. Water is shared].", None, "en"),
        ("Trade grows[ (in May)].", "(in May)", "en"),
        ("交换意见[，并通报秘书处]。", "并通报秘书处", "zh"),
        ("各方应[当]交换意见。", None, "zh"),
    ],
)
def test_what_may_be_said_aside(marked: str, said: str | None, language: str):
    before, words, after = re.split(r"[\[\]]", marked)
    assert aside(before, words, after, language) == said
