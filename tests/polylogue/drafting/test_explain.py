"""What is said of a candidate: all of it follows from the data, and no more."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from polylogue.drafting.brief import Brief
from polylogue.drafting.candidates import propose
from polylogue.drafting.choice import Ballot, Facts, schulze, settled
from polylogue.drafting.explain import explained
from polylogue.drafting.forms import Source
from polylogue.text import TEXT_LIMIT
from polylogue.vocabulary import ClauseForm, ProvisionState, SourceKind
from tests.polylogue.drafting.briefs import (
    KAZ,
    KGZ,
    NAMES,
    SEATS,
    TJK,
    UZB,
    A,
    N,
    O,
    S,
    brief,
    briefs,
    clause,
    settle,
    taking,
)

SHALL, SHOULD = "Member States shall deepen trade.", "Member States should deepen trade."


def told(of: Brief) -> dict[str, str]:
    """Paragraphs of the candidates by what they do."""
    found = propose(of)
    said = explained(of, found, settle(of, found), item=3)
    return {re.sub(r"^Candidate \d+: ", "", text).split(". ")[0]: text for text in said}


def test_a_candidate_is_told_by_what_it_does_and_who_objects():
    of = brief(
        clause(SHALL, (SHOULD, UZB), on=[{KAZ: S, KGZ: O, TJK: O}, {KAZ: A}]),
        *(clause(f"Water {n} is shared.", on=[{KAZ: A}], id=f"p{n}") for n in (2, 3, 4)),
    )
    said = told(of)
    present = said["the text as it stands"]
    assert "On clause 3.1, Kyrgyzstan and Tajikistan object." in present
    assert "On clause 3.1, 1 more delegation is expected to object." not in present
    assert "Of 16 stances on its clauses, 6 are stated on these very words, 1 is predicted" in present
    assert "and 9 are missing." in present
    other = said["clause 3.1 takes the wording of Uzbekistan; clauses 3.2–3.4 stay as they are"]
    assert "On clause 3.1, 2 delegations are expected to object." in other
    assert "Kyrgyzstan" not in other
    assert "is expected to object" not in said["no text"]


def test_what_is_longer_than_a_text_may_be_is_cut():
    """A paragraph goes to the record with its round; the rules would refuse the whole of it."""
    names = tuple((seat, tag, f"{name} {'and its friends ' * 500}") for seat, tag, name in NAMES)
    of = replace(
        brief(clause(SHALL, on=[{KAZ: S, KGZ: O, TJK: O}]), clause(SHALL, on=[{KAZ: O}], id="p2")), names=names
    )
    longest = max(told(of).values(), key=len)
    assert len(longest) <= TEXT_LIMIT
    assert longest.endswith((" and its …", " friends …"))


def test_every_form_has_its_words():
    texts = {
        ClauseForm.OMITTED: "is left out",
        ClauseForm.WRITTEN: "has words of a writer",
        ClauseForm.CONCESSION: "has the words for which Tajikistan asked",
        ClauseForm.NAMED_SUBSET: "speaks for Kazakhstan and Uzbekistan only",
        ClauseForm.MERGED: "is merged from the present text, the wording of Uzbekistan and a wording of the chair or "
        "of a draft",
    }
    of = clause(SHALL, (SHOULD, UZB), "Trade is deep.")
    (candidate, *_) = propose(brief(of, clause("Water.", id="p2", state=ProvisionState.AGREED)))
    made_of = "is made of the present text, the wording of Uzbekistan and a wording of the chair or of a draft without"
    bracketed = [
        (ClauseForm.NAMED_SUBSET, (2,), "speaks in bracket 2 for Kazakhstan and Uzbekistan only"),
        (ClauseForm.SHORTENED, (1,), f"{made_of} the words in bracket 1"),
        (ClauseForm.SHORTENED, (1, 2, 3, 5), f"{made_of} the words in brackets 1–3 and 5"),
        (ClauseForm.SHORTENED, (), f"{made_of} some words of theirs"),
    ]
    for form, brackets, words in [*((form, (), words) for form, words in texts.items()), *bracketed]:
        sources = {
            ClauseForm.CONCESSION: (Source(SourceKind.CONDITION, "", TJK),),
            ClauseForm.MERGED: (all_three := tuple(Source(SourceKind.WORDING, key) for key in ("", "a1", "a2"))),
            ClauseForm.SHORTENED: all_three,
        }.get(form, ())
        seats = (KAZ, UZB) if form is ClauseForm.NAMED_SUBSET else ()
        choice = type(taking(of, None))(of.provision, 1, form, "X", of.language, None, seats, sources, brackets)
        made = type(candidate)("1", (choice, candidate.clauses[1]))
        order = settled(schulze("1", []), {"1": Facts(0, candidate.lowest, candidate.mean, 0)}, b"")
        (said,) = explained(brief(of, clause("Water.", id="p2")), [made], order, item=3)
        assert said.startswith(f"Candidate 1: clause 3.1 {words}; clause 3.2 stays as it is.")


def test_who_beats_it_and_how_a_tie_was_broken_is_told():
    of = brief(clause(SHALL, SHOULD, on=[{KAZ: N}, {KAZ: N}]))
    found = propose(of)
    ids = [c.id for c in found]
    cast = [Ballot({ids[0]: 0, ids[1]: 1, ids[2]: 1}), Ballot({ids[0]: 0, ids[1]: 1, ids[2]: 1})]
    facts = {id: Facts(0, found[0].lowest, found[0].mean, 9 - int(id)) for id in ids}
    said = explained(of, found, settled(schulze(ids, cast), facts, b""), item=3)
    assert "It comes 1 of 3: no other candidate beats it." in said[0]
    assert "Tied" not in said[0]
    assert "It comes 3 of 3: candidate 1 beats it; 2 of 4 delegations put candidate 1 above it, 0 below it." in said[1]
    assert said[1].endswith("Tied with candidate 3, it comes after candidate 3, which is shorter.")
    assert said[2].endswith("Tied with candidate 2, it comes before candidate 2, since it is shorter.")


def test_a_stance_that_waits_for_what_is_left_out_is_told():
    of = brief(clause(SHALL, on=[{KAZ: S}], waits={KAZ: "elsewhere"}))
    assert "1 stance waits for a clause that is not in the text." in told(of)["the text as it stands"]


@settings(max_examples=40)
@given(briefs())
def test_there_is_a_paragraph_for_each_and_names_come_in_alphabetical_order(given_brief: Brief):
    found = propose(given_brief)
    said = explained(given_brief, found, settle(given_brief, found), item=3)
    assert [text.split(":")[0] for text in said] == [f"Candidate {c.id}" for c in found]
    for text in said:
        assert "  " not in text
        for part in re.split(r"[.;:](?= |$)", text):
            names = re.findall("Kazakhstan|Kyrgyzstan|Tajikistan|Uzbekistan", part)
            assert names == sorted(names)


@pytest.mark.parametrize("stated", [True, False])
def test_no_delegation_is_named_for_what_it_has_not_said(stated: bool):
    of = brief(clause(SHALL, SHOULD, on=[{}, {KAZ: O}] if not stated else [{KAZ: O}, {}]))
    assert ("Kazakhstan" in told(of)["the text as it stands"]) is stated
    assert of.seats == SEATS
