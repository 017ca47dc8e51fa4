"""Documents as Markdown: the same bytes each time, and everybody's words read as they were said."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import escaped, markdown
from polylogue.vocabulary import LanguageTag
from tests.polylogue.drafting.papers import (
    EN,
    KAZ,
    OPERATIVE,
    PREAMBULAR,
    RU,
    UZB,
    ZH,
    adopted,
    alternative,
    bracketed,
    clause,
    opinion,
    paper,
    shown,
)

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
SPECIALS = st.text(st.sampled_from("\\`*_{}[]<>()#+-.!|~$&^:;=/@'\" 1aЖ中"), min_size=1)


def read(source: str) -> str:
    """The words that a reader of Markdown sees, with single spaces."""
    found: list[str] = []
    for token in READER.parse(source):
        assert token.type in {
            "paragraph_open", "paragraph_close", "inline", "heading_open", "heading_close", "blockquote_open",
            "blockquote_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
            "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
        }, token.type  # fmt: skip
        for each in token.children or ():
            assert each.type in {
                "text",
                "text_special",
                "strong_open",
                "strong_close",
                "em_open",
                "em_close",
                "hardbreak",
            }
            found.append(each.content)
        found.append(" ")
    return " ".join("".join(found).split())


@given(st.one_of(WORDS, SPECIALS))
@example("1. not a list")
@example("- nor this")
@example("# no heading")
@example("[a link](https://example.org) and https://example.org and www.example.org")
@example("<script>alert(1)</script> &amp; ~~gone~~ | a | $x^2$ ![x](y) [^1] `code`")
@example("\\* a backslash before")
@example("===")
@example("***")
@example("    four spaces")
def test_words_read_as_they_are(words: str):
    source = escaped(words)
    assert "\n" not in source
    assert read(source) == " ".join(words.split())


@given(st.lists(st.one_of(WORDS, SPECIALS), min_size=1, max_size=3))
def test_clauses_and_what_stands_beside_them_cannot_become_markup(said: list[str]):
    words = "\n".join(said)
    of = adopted(
        clause(words, PREAMBULAR),
        clause(words),
        opinions=[opinion(KAZ, words, "p2")],
        titles=clause(words).present.versions,
    )
    seen = read(shown(of))
    for line in filter(None, (" ".join(line.split()) for line in words.split("\n"))):
        assert seen.count(line) >= 3


@pytest.mark.parametrize("language", [EN, RU, ZH])
def test_the_same_document_gives_the_same_bytes(language: LanguageTag):
    assert shown(bracketed(), language).encode() == shown(bracketed(), language).encode()


def test_a_whole_document():
    source = shown(
        adopted(clause("Noting the past,", PREAMBULAR), clause("Asks."), opinions=[opinion(UZB, "Why?", "p2")])
    )
    assert source == (
        "> **Simulation** – Nothing in this document is the official position of any state.\n\n"
        "Practice sitting  \nCouncil of three  \nItem 2 of the agenda · Decision 3\n\n"
        "# Trust\n\n"
        "*Adopted without objection on 1 June 2026*\n\n"
        "Noting the past,\n\n"
        "**1.** Asks.[^1]\n\n"
        "## Annex I. Opinions on record\n\n"
        "### Operative paragraph 1: interpretation of Uzbekistan\n\n"
        "Why?\n\n"
        "## Annex II. Language versions\n\n"
        "| Paragraph | English | Russian | Chinese |\n"
        "| --- | --- | --- | --- |\n"
        "| Preambular paragraph 1 | working version | missing | missing |\n"
        "| Operative paragraph 1 | working version | missing | missing |\n\n"
        "[^1]: Uzbekistan: interpretation, on record. See annex I.\n"
    )


def test_levels_are_indented_and_brackets_can_be_told_from_typed_ones():
    other = alternative("a1", "Asks [some of] the many states to report")
    source = shown(paper(clause("Asks [all of] the many states to report", OPERATIVE, other)))
    assert r"Asks \\\[\[all\] \[some (UZB)\] of\\\] the many" in source
    lines = shown(bracketed()).splitlines()
    assert "&emsp;(a) to keep a line:" in lines
    assert "&emsp;&emsp;(ii) in Chinese;" in lines


def test_an_empty_text_and_one_of_many_clauses():
    assert "The text has no clauses yet." in shown(paper())
    source = markdown(compose(paper(*(clause("Asks") for _ in range(200)))))
    assert [int(number) for number in re.findall(r"^\*\*(\d+)\.\*\* Asks", source, re.MULTILINE)] == list(range(1, 201))
