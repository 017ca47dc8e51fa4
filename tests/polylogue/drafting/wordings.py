"""Wordings for the laws of merging: what delegations might make of a clause, in several scripts, tidy and not."""

from random import Random

from hypothesis import strategies as st

LANGUAGES = ("en", "ru", "zh", "ar", "hi", "fr")

SPACES = (" ", " ", " ", " ", " ", " ", "  ", "\n", "\u00a0", "")


def listed(text: str) -> list[str]:
    return text.split()


VOCABULARY = {
    "en": listed("Member States shall should further deepen trade , ; . - – ( ) [ ] \\ the of and win-win 1,000.5"),
    "ru": listed("Государства-члены обязуются будут далее углублять торговлю , ; . ( ) « » в и со т.е. 5 %"),
    "zh": list("各成员国应当可以深化扩大合作贸易，。；（）的和在[]A1"),
    "ar": listed("الدول الأعضاء يجب أن تعمق التجارة ، ؛ . و في مِن"),
    "hi": listed("सदस्य देशों को व्यापार बढ़ाना चाहिए । , और क\u094d\u200dष e\u0301 \u0301"),
    "fr": listed("l'accord d’Astana les États membres qu'ils doivent approfondir , ; « » du"),
}


@st.composite
def wordings(draw: st.DrawFn, *, least: int = 2, most: int = 13) -> tuple[dict[str, str], str]:
    """The present text of a clause and what others make of it, 2 to 13 wordings unless told, with the language.

    How many, how long and in which language is hypothesis's choice, the words follow from a number: to draw each edit
    by itself takes ten times as long.
    """
    language = draw(st.sampled_from(LANGUAGES))
    number, length = draw(st.integers(least, most)), draw(st.integers(0, 16))
    return invented(Random(draw(st.integers(0, 2**32))), language, number, length), language


def invented(chance: Random, language: str, number: int, length: int) -> dict[str, str]:
    """The present text of so many words and what others make of it, the same for the same chance."""
    words = chance.choices(VOCABULARY[language], k=length)
    text = joined(chance, words, language)
    found = {"": text}
    for place in range(number - 1):
        kind = chance.choice(("edited", "edited", "edited", "edited", "same", "other", "none"))
        if kind == "edited":
            found[f"a{place:02}"] = joined(chance, edited(chance, words, language), language)
        else:
            other = joined(chance, chance.choices(VOCABULARY[language], k=chance.randint(0, 14)), language)
            found[f"a{place:02}"] = {"same": text, "other": other, "none": ""}[kind]
    return found


def joined(chance: Random, words: list[str], language: str) -> str:
    """Words in a row with spaces as they come."""
    return "".join(word if language == "zh" else word + chance.choice(SPACES) for word in words)


def edited(chance: Random, words: list[str], language: str) -> list[str]:
    """Words of which some are left out, replaced, moved or come with others."""
    found = list(words)
    for _ in range(chance.randint(0, 4)):
        place = chance.randint(0, len(found))
        some = chance.choices(VOCABULARY[language], k=chance.randint(1, 3))
        match chance.randint(0, 3):
            case 0:
                found[place:place] = some
            case 1:
                del found[place : place + 2]
            case 2:
                found[place : place + 1] = some
            case _:
                taken = found[place : place + 2]
                del found[place : place + 2]
                found += taken
    return found


def messy(words: list[str], language: str, number: int) -> str:
    """A long text of words in a disorder without any chance in it."""
    between = "" if language == "zh" else " "
    length = len(words)
    return between.join(words[(k * k * 7 + k * number + k // 11) % length] for k in range(400 + 13 * number))
