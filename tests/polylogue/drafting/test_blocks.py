"""A clause of a document is remembered by its content, and shown as it stands now whatever changed around it."""

from copy import deepcopy
from dataclasses import replace

from polylogue.drafting.compose import compose
from polylogue.drafting.markdown import markdown
from polylogue.drafting.paper import Paper
from polylogue.drafting.passages import forget
from polylogue.vocabulary import LanguageTag, Seq, TextState
from tests.polylogue.drafting.papers import (
    ARM,
    EN,
    KAZ,
    OPERATIVE,
    RU,
    UZB,
    ZH,
    adopted,
    alternative,
    backs,
    clause,
    objects,
    opinion,
    paper,
    said,
    shown,
    versions,
)

TALKS = clause(
    {EN: "Parties shall talk", RU: "Стороны беседуют"},
    OPERATIVE,
    alternative("a1", {EN: "Parties may talk"}, stances=tuple(backs(ARM, KAZ))),
    id="talks",
)


def line(of: Paper, language: LanguageTag = EN) -> str:
    """The clause as it reads in the document."""
    return next(each for each in shown(of, language).splitlines() if "Parties" in each or "Стороны" in each)


def test_a_clause_changes_with_its_place_the_members_the_language_and_the_decision():
    first = paper(TALKS, clause("Asks"))
    assert line(first) == r"**1.** Parties \[shall\] \[may (KAZ, UZB)\] talk;"
    assert line(replace(first, backing=frozenset((ARM,)))) == r"**1.** Parties \[shall\] \[may (ARM, UZB)\] talk;"
    assert line(paper(clause("Asks"), TALKS)) == r"**2.** Parties \[shall\] \[may (KAZ, UZB)\] talk."
    assert line(first, ZH).endswith("talk; （仅有英文文本）")
    assert line(first, RU).endswith(r"\[may (KAZ, UZB)\] talk; (скобки – по тексту на этом языке: английский)")
    alone = replace(TALKS, alternatives=())
    assert line(paper(alone), RU) == "**1.** Стороны беседуют."
    assert line(adopted(alone)) == "**1.** Parties shall talk"
    noted = adopted(alone, opinions=[opinion(UZB, "In person.", "p1")], clauses=(replace(alone, number=1, id="p1"),))
    assert line(noted) == "**1.** Parties shall talk[^1]"
    assert line(first) == r"**1.** Parties \[shall\] \[may (KAZ, UZB)\] talk;"


def test_of_wordings_that_are_read_one_by_one_each_stands_in_the_language_of_the_document_if_it_can():
    other = alternative("a1", {EN: "Gas is dear and rivers are cold"})
    bracketed = clause({EN: "Parties shall talk", RU: "Стороны беседуют"}, OPERATIVE, other)
    russian, chinese = (shown(paper(bracketed), language).splitlines() for language in (RU, ZH))
    assert r"**1.** \[Стороны беседуют\]." in russian
    assert any("Gas is dear" in each and "имеется только на этом языке" in each for each in russian)
    assert [each for each in chinese if "Parties" in each] == [r"**1.** \[Parties shall talk\]. （仅有英文文本）"]


def test_a_practice_sitting_is_called_so_in_the_language_of_the_document_and_other_names_stay():
    for name, called in (("Practice sitting", "演练会议"), ("Совет", "Совет")):
        assert called in shown(paper(clause("Asks"), conference=name), ZH)


def test_a_reason_stands_on_the_level_and_with_the_words_of_its_document():
    reasons = objects(KAZ, "Too vague.")
    beside = clause("Asks", OPERATIVE, alternative("a2", "Urges"), stances=[reasons])
    in_english, in_russian = shown(paper(beside)), shown(paper(beside), RU)
    assert "&emsp;&emsp;Reason: Too vague." in in_english
    assert "&emsp;&emsp;Причина: Too vague." in in_russian
    assert "\n&emsp;Reason: Too vague." in shown(paper(clause("Asks", stances=[reasons])))
    gone = replace(reasons, reason=said(None))
    assert "Reason: \\[erased\\]" in shown(paper(clause("Asks", stances=[gone]), state=TextState.CIRCULATED))


def test_only_what_has_changed_is_written_anew():
    """A document is read from the rows each time: what is alike there is not the same."""
    reasons = [replace(TALKS.present, stances=(objects(UZB, f"Reason {n}."),)) for n in range(5)]
    first = paper(*(replace(TALKS, id=f"p{n}", present=present) for n, present in enumerate(reasons)))
    again = deepcopy(first)
    other = replace(again.clauses[2], alternatives=())
    changed = replace(again, clauses=(*again.clauses[:2], other, *again.clauses[3:]), seq=Seq(99))
    before, after = compose(first), compose(changed)
    same = [here is there for here, there in zip(before.blocks, after.blocks, strict=True)]
    assert same == [True, True, False, True, True]
    written = markdown(before), markdown(after)
    forget()
    assert written == (shown(deepcopy(first)), shown(deepcopy(changed)))
    assert compose(first) == before != after
    assert hash(compose(first)) == hash(before)


def test_a_reason_stands_beside_the_name_that_its_seat_has_now():
    first = paper(replace(TALKS, present=replace(TALKS.present, stances=(objects(KAZ),))))
    assert "Objection of Kazakhstan\n" in shown(first)
    assert "Objection of Astana\n" in shown(replace(first, names={KAZ: versions("Astana")}))
    assert "Objection of KAZ\n" in shown(replace(first, names={}))
