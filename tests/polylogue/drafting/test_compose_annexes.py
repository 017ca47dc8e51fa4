"""Annexes and footnotes of a document: what is open, with reasons, and the opinions on record."""

from dataclasses import replace

from polylogue.drafting.compose import compose
from polylogue.vocabulary import TextState
from tests.polylogue.drafting.papers import (
    ARM,
    CHN,
    KAZ,
    UZB,
    adopted,
    bracketed,
    clause,
    objects,
    opinion,
    paper,
    said,
)
from tests.polylogue.drafting.reading import annex, told

# ── what is open ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_annex_says_who_holds_what_since_when_and_why():
    assert told(annex(compose(bracketed()), "Open brackets and objections")) == [
        "Operative paragraph 1",
        "0 Present text, since entry 1",
        "1 Backed by: Kazakhstan",
        "1 Objection of Uzbekistan",
        "2 Reason: Thirty days cannot be kept.",
        "2 Would be removed by: A fund.",
        "0 bis, proposed by Uzbekistan, since entry 40",
        "1 Backed by: China",
        "Operative paragraph 3",
        "0 Present text, since entry 1",
        "1 Backed by nobody so far.",
        "0 bis, proposed by China, since entry 40",
        "1 Backed by nobody so far.",
        "0 ter, proposed by Kazakhstan, since entry 40",
        "1 Backed by nobody so far.",
    ]


def test_a_blocked_text_tells_objections_without_brackets_too():
    of = compose(
        paper(clause("Asks", stances=[objects(ARM, carried=True), objects(CHN, None)]), state=TextState.BLOCKED)
    )
    assert of.symbol == "Text without consensus"
    assert told(annex(of, "Open brackets and objections")) == [
        "Operative paragraph 1",
        "0 Objection of Armenia, to an older wording",
        "1 Reason: It costs too much.",
        "1 Would be removed by: A fund.",
        "0 Objection of China",
        "1 No reason is on record.",
    ]


def test_a_reason_that_is_erased_says_so():
    stance = replace(objects(ARM), reason=said(None))
    of = compose(paper(clause("Asks", stances=[stance])))
    assert "1 Reason: [erased]" in told(annex(of, "Open brackets and objections"))


# ── opinions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_opinions_are_footnotes_in_the_order_of_the_page_and_an_annex_in_full():
    of = compose(
        adopted(
            clause("Asks."),
            clause("Urges."),
            opinions=[
                opinion(UZB, "As far as it can.", "p2", "RESERVATION"),
                opinion(KAZ, "Asks means invites.", "p1"),
                opinion(ARM, "All of it.", "gone"),
                opinion(CHN, None),
            ],
        )
    )
    assert of.footnotes == (
        "Armenia: interpretation, on record. See annex I.",
        "China: interpretation, on record. See annex I.",
        "Kazakhstan: interpretation, on record. See annex I.",
        "Uzbekistan: reservation, on record. See annex I.",
    )
    assert (of.title_notes, [block.notes for block in of.blocks]) == ((1, 2), [(3,), (4,)])
    there = annex(of, "Opinions on record")
    assert there.name == "Annex I"
    assert told(there) == [
        "A clause that is not in the text: interpretation of Armenia",
        "0 All of it.",
        "The whole text: interpretation of China",
        "0 [erased]",
        "Operative paragraph 1: interpretation of Kazakhstan",
        "0 Asks means invites.",
        "Operative paragraph 2: reservation of Uzbekistan",
        "0 As far as it can.",
    ]


def test_an_adopted_text_has_nothing_open():
    of = compose(adopted(clause("Asks", stances=[objects(ARM)])))
    assert [each.title for each in of.annexes] == ["Language versions"]
