"""Every sentence rests on what somebody has put forward, word for word, or it is named with the words that do not."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.provenance import BOUND, Fault, Objection, Sources, altered, objected, support, unsupported

EN = {
    "base": "Member States shall deepen cooperation on shared water, in line with national law.",
    "alt": "Member States should broaden cooperation on shared water and on energy.",
    "amendment": "The fund of Kazakhstan pays within 30 days. No State shall store water without notice.",
    "condition": "A fund of 45 million is set up by the secretariat.",
}
RU = {
    "base": "Государства-члены углубляют сотрудничество в области общей воды без ущерба для национального права.",
    "alt": "Государства-члены не должны расширять сотрудничество в области энергетики.",
    "condition": "Секретариат создаёт фонд Казахстана в течение 30 дней.",
}
ZH = {
    "base": "成员国应当深化水资源合作，不得使用武力。",
    "alt": "成员国应当扩大能源领域合作。",
    "condition": "秘书处在三十天内设立基金。",
}
ALL = {"en": EN, "ru": RU, "zh-Hans": ZH}


def faults(text: str, language: str, sources: Mapping[str, str] | None = None) -> dict[Fault, tuple[str, ...]]:
    """The faults of a wording of one sentence."""
    (sentence,) = support(text, Sources(sources or ALL[language], language), language)
    return dict(sentence.faults)


@pytest.mark.parametrize(
    ("language", "text", "rests_on"),
    [
        ("en", "Member States shall deepen cooperation on shared water, in line with national law.", "base"),
        ("en", "Member States should broaden cooperation on shared water, in line with national law.", "base alt"),
        ("en", "Member States shall deepen cooperation on shared water and on energy.", "alt base"),
        ("en", "The fund of Kazakhstan pays within 30 days.", "amendment"),
        ("en", "A fund of 45 million is set up by the secretariat.", "condition"),
        ("en", "MEMBER STATES SHALL DEEPEN COOPERATION ON SHARED WATER", "base"),
        ("ru", "Государства-члены углубляют сотрудничество в области энергетики.", "base alt"),
        ("ru", "Секретариат создает фонд Казахстана в течение 30 дней.", "condition"),
        ("zh-Hans", "成员国应当扩大能源领域合作，不得使用武力。", "base alt"),
        ("zh-Hans", "秘书处在三十天内设立基金", "condition"),
    ],
)
def test_a_sentence_put_together_from_its_sources_names_them(language: str, text: str, rests_on: str):
    (sentence,) = support(text, Sources(ALL[language], language), language)
    assert sentence.faults == ()
    assert sentence.sources == tuple(rests_on.split())


@pytest.mark.parametrize(
    ("language", "text", "fault", "words"),
    [
        ("en", "The fund of Kazakhstan pays within 31 days.", Fault.NUMBER, "31"),
        ("en", "The fund of Kazakhstan pays within 45 days.", Fault.NUMBER, "45"),  # a number of another sentence
        ("en", "The fund of Kazakhstan pays within thirty days.", Fault.NUMBER, "thirty"),
        ("en", "The fund of Uzbekistan pays within 30 days.", Fault.NAME, "uzbekistan"),
        ("en", "Member States shall deepen cooperation on shared water with Kazakhstan.", Fault.NAME, "kazakhstan"),
        ("en", "Member States shall not deepen cooperation on shared water.", Fault.NEGATION, "not"),
        ("en", "State shall store water without notice.", Fault.NEGATION, "state"),
        ("en", "No State shall store water with notice.", Fault.NEGATION, "water notice"),
        (
            "en",
            "Member States shall deepen cooperation on shared water, in line with notice.",
            Fault.NEGATION,
            "notice",
        ),
        ("en", "Member States must deepen cooperation on shared water.", Fault.BINDING, "must"),
        ("en", "Member States shall deepen cooperation on shared water and cyberspace.", Fault.WORD, "cyberspace"),
        (
            "en",
            "Member States shall deepen cооperation on shared water.",
            Fault.WORD,
            "cооperation",
        ),  # a Cyrillic letter
        ("en", "Member States shall deepen coope\u200bration on shared water.", Fault.WORD, "coope\u200bration"),
        ("en", "Member States [shall] deepen cooperation on shared water.", Fault.WORD, "[ ]"),
        ("en", "National water shared cooperation deepen shall Member States.", Fault.ORDER, "water shared"),
        ("ru", "Секретариат создаёт фонд Казахстана в течение 45 дней.", Fault.NUMBER, "45"),
        ("ru", "Секретариат создаёт фонд Узбекистана в течение 30 дней.", Fault.NAME, "узбекистана"),
        ("ru", "Государства-члены не углубляют сотрудничество в области общей воды.", Fault.NEGATION, "не"),
        ("ru", "Государства-члены должны расширять сотрудничество в области энергетики.", Fault.NEGATION, "должны"),
        ("ru", "Государства-члены углубляют сотрудничество в области общей обороны.", Fault.WORD, "обороны"),
        ("zh-Hans", "秘书处在六十天内设立基金。", Fault.NUMBER, "六"),
        ("zh-Hans", "成员国不得深化水资源合作。", Fault.NEGATION, "不"),
        ("zh-Hans", "成员国应当使用武力。", Fault.NEGATION, "使 用"),
        ("zh-Hans", "成员国应当深化网络安全合作。", Fault.WORD, "网 络 安 全"),
    ],
)
def test_what_no_source_has_is_named(language: str, text: str, fault: Fault, words: str):
    found = faults(text, language)
    assert fault in found
    assert set(words.split()) <= set(" ".join(found[fault]).split())


def test_another_form_of_a_word_is_no_new_word_and_another_word_is():
    base = {"base": "The communities of the Parties limit the storing of water. Договоры государств действуют."}
    assert Fault.WORD not in faults("The community of the Party limits the storing of water.", "en", base)
    assert Fault.WORD not in faults("Договор государства действует.", "ru", base)
    assert faults("The communists of the Parties limit the storing of water.", "en", base)[Fault.WORD] == (
        "communists",
    )


def test_in_a_language_without_lists_words_stand_as_they_are():
    base = {"base": "Мүше мемлекеттер су саласындағы ынтымақтастықты тереңдетеді."}
    assert faults("Мүше мемлекеттер су саласындағы ынтымақтастықты тереңдетеді.", "kk", base) == {}
    assert Fault.WORD in faults("Мүше мемлекеттер газ саласындағы ынтымақтастықты тереңдетеді.", "kk", base)


def test_a_wording_is_refused_sentence_by_sentence_with_the_clause():
    text = "Member States shall deepen cooperation on shared water. Pakistan pays. The fund of Kazakhstan pays 31."
    found = unsupported("clause 1", text, Sources(EN, "en"), "en")
    assert [(each.clause, each.sentence, each.fault) for each in found] == [
        ("clause 1", "Pakistan pays.", Fault.WORD),
        ("clause 1", "Pakistan pays.", Fault.ORDER),
        ("clause 1", "The fund of Kazakhstan pays 31.", Fault.NUMBER),
    ]


def test_what_is_agreed_comes_back_to_the_last_character():
    agreed = {1: "Thanks the host.", 2: "Decides to meet.", 3: "Recalls 1992."}
    assert altered(agreed, {**agreed, 9: "More."}) == ()
    assert altered(agreed, {1: "Thanks the host", 2: "Decides to meet."}) == (1, 3)


def test_a_sentence_that_an_objection_stands_on_is_kept_until_a_word_that_counts_is_another():
    base = "Member States shall deepen cooperation. A fund is set up."
    against = [Objection("KAZ", base), Objection("UZB", base, backed=("A fund is set up. All pay.",))]
    kept = objected("All pay. Member States shall deepen the cooperation; a fund is set up.", against, "en")
    assert kept == ()  # one sentence is another
    kept = objected("Member States shall deepen the cooperation. A fund is set up.", against, "en")
    assert [(each.sentence, each.seats) for each in kept] == [
        ("Member States shall deepen the cooperation.", ("KAZ", "UZB")),
        ("A fund is set up.", ("KAZ",)),
    ]
    assert objected("Member States should deepen cooperation.", against, "en") == ()
    zh = [Objection("CHN", "成员国应当深化合作。设立基金。")]
    assert [each.sentence for each in objected("设立基金。成员国深化合作。", zh, "zh-Hans")] == ["设立基金。"]


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

SOME = (
    "Member States shall should not deepen the fund of 30 days Kazakhstan without воды не углубляют Казахстан "
    "成 员 不 得 三 用 - (a) 。 . ; x\u0301"
)
WORDS = SOME.split()
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join) | st.text(max_size=60)
languages = st.sampled_from(["en", "ru", "zh-Hans", "fr", "kk"])


@given(texts, st.lists(texts, max_size=4), languages)
def test_sentences_are_the_wording_and_rest_on_what_was_given(text: str, others: list[str], language: str):
    sources = Sources(dict(enumerate(others)), language)
    found = support(text, sources, language)
    assert "".join(sentence.text for sentence in found) == text
    assert all(len({*sentence.sources}) == len(sentence.sources) for sentence in found)
    assert all(key in range(len(others)) for sentence in found for key in sentence.sources)


@given(texts, st.lists(texts, max_size=4), languages)
def test_what_a_source_says_has_support(text: str, others: list[str], language: str):
    sources = Sources(dict(enumerate([text, *others])), language)
    assert unsupported("clause", text, sources, language) == ()


@given(texts, texts, st.lists(texts, max_size=3), languages)
def test_one_source_more_takes_no_word_away(text: str, more: str, others: list[str], language: str):
    """But it may show what only stood behind a negation."""
    few, many = Sources(dict(enumerate(others)), language), Sources(dict(enumerate([*others, more])), language)
    for before, after in zip(support(text, few, language), support(text, many, language), strict=True):
        lost = {fault: set(words) for fault, words in after.faults}
        had = {fault: set(words) for fault, words in before.faults}
        assert lost.get(Fault.WORD, set()) <= had.get(Fault.WORD, set())
        assert lost.get(Fault.NUMBER, set()) <= had.get(Fault.NUMBER, set())
        assert lost.get(Fault.ORDER, set()) <= had.get(Fault.ORDER, set())


@given(st.integers(1000, 9999), st.sampled_from(sorted(ALL)), st.data())
def test_a_number_that_nobody_has_named_never_has_support(number: int, language: str, data: st.DataObject):
    text = data.draw(st.sampled_from(sorted(ALL[language].values())))
    place = data.draw(st.integers(0, len(text)))
    found = unsupported("clause", f"{text[:place]} {number} {text[place:]}", Sources(ALL[language], language), language)
    assert any(each.fault is Fault.NUMBER and str(number) in each.words for each in found)


@given(st.permutations(EN["base"].removesuffix(".").split()))
def test_words_in_another_order_have_no_support(words: list[str]):
    """Unless so few pairs are torn that it is the same sentence with a part moved."""
    text, whole = " ".join(words), EN["base"].removesuffix(".").split()
    pairs = set(pairwise(whole))
    bound = sum(pair in pairs for pair in pairwise(words))
    found = Fault.ORDER in faults(text, "en", {"base": EN["base"]})
    assert found == (bound < BOUND * (len(words) - 1))
