"""The form in which a text speaks for some members only."""

import pytest

from polylogue.drafting.named import form_of_words, named


@pytest.mark.parametrize(
    ("text", "names", "language", "expected"),
    [
        (
            "Member States shall deepen trade.",
            ["Kazakhstan", "Kyrgyzstan", "Uzbekistan"],
            "en",
            "The following Member States: Kazakhstan, Kyrgyzstan and Uzbekistan, shall deepen trade.",
        ),
        ("The Member States agree.", ["Kazakhstan"], "en-GB", "The following Member States: Kazakhstan, agree."),
        (
            "Establishes a fund of Member States.",
            ["India", "Iran"],
            "en",
            "For the following Member States: India and Iran: Establishes a fund of Member States.",
        ),
        (
            "Member States’ ministers meet.",
            ["India", "Iran"],
            "en",
            "For the following Member States: India and Iran: Member States’ ministers meet.",
        ),
        (
            "Государства-члены развивают торговлю.",
            ["Казахстан", "Узбекистан"],
            "ru",
            "Следующие государства-члены: Казахстан и Узбекистан, развивают торговлю.",
        ),
        (
            "Создать фонд.",
            ["Казахстан", "Кыргызстан", "Узбекистан"],
            "ru",
            "Для следующих государств-членов: Казахстан, Кыргызстан и Узбекистан: Создать фонд.",
        ),
        (
            "各成员国应深化贸易。",
            ["哈萨克斯坦", "乌兹别克斯坦"],
            "zh-Hans",
            "下列成员国：哈萨克斯坦和乌兹别克斯坦，应深化贸易。",
        ),
        ("成员国之间的贸易", ["中国", "印度", "伊朗"], "zh", "就下列成员国而言：中国、印度和伊朗：成员国之间的贸易"),
        ("{names}", ["{0}"], "en", "For the following Member States: {0}: {names}"),
    ],
)
def test_only_who_is_named_says_it(text: str, names: list[str], language: str, expected: str):
    assert named(text, names, language) == expected


def test_without_names_or_in_a_language_without_the_form_there_is_none():
    assert named("Member States agree.", [], "en") is None
    assert named("Les États membres conviennent.", ["Kazakhstan"], "fr") is None
    assert form_of_words("fr") == ()


@pytest.mark.parametrize("language", ["en", "ru", "zh-Hans"])
def test_the_form_adds_no_other_words_than_it_tells(language: str):
    told = set("".join(form_of_words(language)).replace(" ", "").lower())
    for text in ("X", {"en": "Member States X", "ru": "Государства-члены X", "zh-Hans": "成员国X"}[language]):
        said = named(text, ["N", "N"], language)
        assert said
        assert set(said.replace(" ", "").lower()) <= told | {"x", "n"}
