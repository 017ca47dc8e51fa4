"""Every refusal says something to a person, whatever it carries."""

import ast
from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue import vocabulary
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Instant, LanguageTag
from schema.api.sentences import LONGEST_VALUE, TONGUES, sentence

ROOT = Path(__file__).resolve().parents[3]
NOW = Instant("2026-05-04T12:00:00.000Z")
EN = LanguageTag("en")
TEMPLATES = [
    (tongue, code, template)
    for tongue, tables in TONGUES.items()
    for code, templates in tables.sentences.items()
    for template in templates
]
TEXT_CODES = ("TEXT_EMPTY", "TEXT_TOO_LONG", "CHARACTER_FORBIDDEN", "LANGUAGE_TAG_INVALID")
"""What a text can be refused for is raised without the enumeration."""

TOLD_BY_THE_API = {
    "NOT_PERMITTED": {"absent", "place"},
    "SCENARIO_INVALID": {"name", "there"},
    "TEXT_EMPTY": {"field"},
    "CODE_UNKNOWN": {"form"},
    "TOO_MANY_CODES": {"seconds"},
    "NUMBER_OUT_OF_RANGE": {"least", "most"},
}
"""Parameters of refusals that do not come from the rules."""


THINGS = {
    "alternative", "amendment", "candidate", "delegation", "item", "member", "model", "person", "position", "provision",
    "request", "session", "text", "wording",
}  # fmt: skip
"""What a refusal may say that there is not; in English such a thing is called by its own name."""
MORE_WORDS = {"en", "ru", "zh", "zh-Hans", "PRESENT", "ABSENT"}
"""Languages, and how a roll call answers, of which a sentence may speak."""
ENDS = {"en": ".", "ru": ".", "zh": "。"}


def said(code: RefusalCode, language: str = "en", **params: str | int) -> str:
    return sentence(Refusal(code, "6.1", params), LanguageTag(language), NOW)


def places(template: str) -> dict[str, str]:
    """The parameters of a template with how each is shown."""
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(template) if name is not None}


def test_a_sentence_says_what_is_wrong_and_what_would_be_right():
    assert said(RefusalCode.QUORUM_NOT_MET, present=7, needed=8) == "7 present, 8 needed to decide."
    assert (
        said(RefusalCode.WINDOW_OPEN, until="2026-05-04T15:40:00.000Z")
        == "Objections are possible until 15:40 UTC; close the call then."
    )
    assert (
        said(RefusalCode.ITEM_PHASE, number=2, phase="LISTED", allowed="DECISION, DELIBERATION, NEGOTIATION")
        == "Item 2 is listed; this is possible while it is up for decision, in deliberation or in negotiation."
    )
    assert said(RefusalCode.NOT_SPONSOR, sponsor="CHAIR") == "Only who sponsors it may do this: the chair."
    assert said(RefusalCode.NOT_SPONSOR, sponsor="KAZ") == "Only who sponsors it may do this: KAZ."
    assert said(RefusalCode.ANSWERS_MISSING, seats="CHN, KAZ, RUS").startswith("Answers missing from CHN, KAZ and RUS:")


def test_a_sentence_names_what_people_cannot_look_up():
    tab = said(RefusalCode.CHARACTER_FORBIDDEN, character="U+0009", position=5)
    assert tab == "Character 5 is a tab (U+0009), which cannot be kept; leave it out."
    assert "is U+202E, which" in said(RefusalCode.CHARACTER_FORBIDDEN, character="U+202E", position=5)
    scale = said(RefusalCode.NUMBER_OUT_OF_RANGE, scale="half", least="1/10000000", most="100")
    assert scale == '"half" does not do; give 1/10000000 to 100, as a whole number or such as "1/60" or "0.5".'
    seats = said(RefusalCode.NOT_PERMITTED, role="FACILITATOR", allowed="DELEGATE")
    assert seats == "No seat is held by a facilitator; leave `seats` out, or admit a delegate."


def test_a_time_names_its_day_unless_it_is_today():
    assert "until 2026-05-05 09:00:30 UTC" in said(RefusalCode.WINDOW_OPEN, until="2026-05-05T09:00:30.000Z")


def test_a_sentence_that_lacks_a_parameter_gives_way_to_the_next():
    assert said(RefusalCode.UNKNOWN_REFERENCE, kind="session", id="") == (
        "There is no such session; name one that there is."
    )
    assert said(RefusalCode.WINDOW_OPEN, until="in a while").startswith("Objections are still possible")
    assert said(RefusalCode.SESSION_PHASE, phase="OPEN", allowed="") == (
        "The session is open; this is no longer possible."
    )


def test_what_a_client_sent_is_repeated_cut_and_on_one_line():
    told = said(RefusalCode.UNKNOWN_REFERENCE, kind="item", id="a\nb\u202e" + "x" * 1000)
    assert told == f'There is no item "a�b�{"x" * (LONGEST_VALUE - 5)}…" here; name one that there is.'


def test_a_language_without_a_table_is_answered_in_english():
    refusal = Refusal(RefusalCode.CALL_OPEN, "6.1", {"number": 3})
    assert sentence(refusal, LanguageTag("kk-Cyrl"), NOW) == sentence(refusal, EN, NOW)


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_code_has_sentences_and_the_last_needs_nothing(tongue: str):
    assert set(TONGUES[tongue].sentences) == set(RefusalCode)
    assert [code for code, tried in TONGUES[tongue].sentences.items() if places(tried[-1])] == []


@pytest.mark.parametrize("tongue", sorted(TONGUES.keys() - {"en"}))
def test_a_tongue_says_as_much_as_english(tongue: str):
    for code, templates in TONGUES["en"].sentences.items():
        theirs = TONGUES[tongue].sentences[code]
        assert [set(places(each)) for each in theirs] == [set(places(each)) for each in templates], code
        assert [each for each in theirs if not each.endswith(ENDS[tongue])] == []
    assert TONGUES[tongue].words.keys() == TONGUES["en"].words.keys() | THINGS
    assert TONGUES[tongue].signs.keys() == TONGUES["en"].signs.keys()


def test_a_number_agrees_with_its_words():
    long = [said(RefusalCode.TEXT_TOO_LONG, "ru", length=n, limit=20000) for n in (20001, 20002, 20005, 20011, 20112)]
    assert [each.partition(";")[0].split()[-1] for each in long] == ["знак", "знака", "знаков", "знаков", "знаков"]
    assert said(RefusalCode.QUORUM_NOT_MET, "ru", present=1, needed=8) == "Присутствует 1, для решения нужны 8."
    assert said(RefusalCode.QUORUM_NOT_MET, "ru", present="many", needed=8) == (
        "Для решения присутствует слишком мало членов."
    )
    assert said(RefusalCode.QUORUM_NOT_MET, "zh-Hans", present=7, needed=8) == "出席7个，作出决定需8个。"


def test_lists_and_states_stand_as_is_done_in_a_language():
    phases = {"number": 2, "phase": "LISTED", "allowed": "DECISION, DELIBERATION, NEGOTIATION"}
    assert said(RefusalCode.ITEM_PHASE, "ru-RU", **phases) == (
        "Пункт 2 повестки дня сейчас ещё не рассматривается; это возможно, пока он на решении, обсуждается или на "
        "переговорах."
    )
    assert said(RefusalCode.ITEM_PHASE, "zh", **phases) == (
        "议程项目2现为“已列入议程”；须在“待决定、讨论中或谈判中”时方可进行。"
    )
    assert said(RefusalCode.UNKNOWN_REFERENCE, "ru", kind="provision", id="x1") == (
        "Здесь нет такого (пункт текста «x1»); укажите то, что есть."
    )


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_word_is_one_of_the_domain(tongue: str):
    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    domain = {str(word) for kind in kinds for word in kind}
    assert set(TONGUES[tongue].words) <= domain | THINGS | MORE_WORDS


NAMES = sorted({name for _, _, template in TEMPLATES for name in places(template)})


@given(
    code=st.sampled_from(RefusalCode),
    tongue=st.sampled_from(sorted(TONGUES)),
    params=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), st.text() | st.integers()),
)
def test_whatever_a_refusal_carries_it_says_a_line(code: RefusalCode, tongue: str, params: dict[str, str | int]):
    told = sentence(Refusal(code, "6.1", params), LanguageTag(tongue), NOW)
    assert told.isprintable()
    assert told.endswith(ENDS[tongue])


@cache
def given_by_the_rules() -> dict[str, set[str]]:
    """The parameters with which each code is raised, read off the source of the rules."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (*(ROOT / "polylogue" / "procedure").glob("*.py"), ROOT / "polylogue" / "text.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            named = {word.arg for word in call.keywords if word.arg}
            mapped = {
                key.value
                for arg in call.args
                if isinstance(arg, ast.Dict)
                for key in arg.keys
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
            for node in (node for arg in call.args for node in ast.walk(arg)):
                if isinstance(node, ast.Attribute) and node.attr in RefusalCode.__members__:
                    found[node.attr] |= named | mapped
                if isinstance(node, ast.Constant) and node.value in TEXT_CODES:
                    found[str(node.value)] |= named
    return found


@pytest.mark.parametrize(("tongue", "code", "template"), TEMPLATES)
def test_no_sentence_waits_for_what_no_rule_gives(tongue: str, code: RefusalCode, template: str):
    given = given_by_the_rules()
    known = given[code] | TOLD_BY_THE_API.get(code, set())
    if code in (RefusalCode.REVISION_STALE, RefusalCode.DRAFT_OUTDATED, RefusalCode.CANDIDATE_OUTDATED):
        known |= {"given", "current"}  # `Matter.conflict` gives them
    if code is RefusalCode.BRACKET_MOVED:
        known |= {"clause", "given", "current"}  # a Conflict of its own, with the entry of the brackets
    if code in (RefusalCode.VERSION_MISSING, RefusalCode.VERSION_STALE, RefusalCode.VERSION_FITS):
        known |= {"clause", "language", "more"}  # the code is chosen before it is raised
    assert set(places(template)) <= known
    assert {spec for spec in places(template).values() if "|" not in spec} <= {"", "word", "or", "and", "time", "sign"}
