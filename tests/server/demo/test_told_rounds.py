"""What the demo tells of a round: the winner's words and why it won, and what came of asking a language model."""

from typing import Any

import pytest

from server.demo.stage import OnStage, Stage
from server.demo.telling import told


def line(*entries: tuple[str, dict[str, Any]]) -> tuple[str, str]:
    """What is told of the last entry in a hall with one item of four clauses."""
    stage = Stage(items={"i": OnStage(3, "i", "Water", clauses=("p1", "p2", "p3", "p4"))})
    found = None
    for seq, (kind, detail) in enumerate(entries, 1):
        entry = {"seq": seq, "kind": kind, "seat": "IND", "actor": {"role": "WORKER"}, "detail": detail}
        stage.hear(entry)
        found = told(stage, entry)
    assert found
    return found.did, found.words


def candidate(wordings: list[int], explanation: str, **more: Any) -> dict[str, Any]:
    figures = {"statusQuo": False, "present": False, "objections": 1, "expectedObjections": 0, "words": 9}
    return figures | {"wordings": wordings, "explanation": {"text": explanation}} | more


def wording(provision: str, form: str, text: str | None = None, alternative: str | None = None) -> dict[str, Any]:
    versions = [{"text": text}] if text else []
    return {"provision": provision, "form": form, "alternative": alternative, "versions": versions}


def test_the_first_candidate_is_shown_in_its_words_with_its_paragraph():
    does = "Candidate 2: clause 3.1 takes the wording of India; clause 3.2 stays as it is."
    of_figures = (
        "It comes 1 of 2: no other candidate beats it. Of 4 stances on its clauses, 4 are stated on these words."
    )
    said = f"{does} No objection is stated or expected. {of_figures}"
    given = {
        "item": "i", "number": 1, "stop": None, "choice": {"order": [2, 1]},
        "wordings": [
            wording("p1", "PRESENT"), wording("p2", "PRESENT"), wording("p1", "ALTERNATIVE", alternative="a1"),
            wording("p3", "MERGED", "Meet twice."), wording("p4", "OMITTED"),
        ],
        "candidates": [
            candidate([4], "Candidate 1: no text.", statusQuo=True, expectedObjections=22, words=0),
            candidate([2, 1, 3, 4], said),
        ],
    }  # fmt: skip
    alternative = {"alternative": "a1", "provision": "p1", "versions": [{"text": "Meet in May."}], "reopens": False}
    did, words = line(("AlternativeProposed", alternative), ("CandidatesProposed", given))
    assert did == "proposes 2 candidates for item 3, round 1"
    advice, expected, *places, first, second, third, paragraph = words.split("\n")
    assert expected.startswith("Expected means: ")
    assert places == [
        "  1. candidate 2      9 words      objections stated 1, expected 0",
        "  2. candidate 1   no text at all  objections stated 1, expected 22",
    ]
    assert advice == "Candidates are advice: delegations speak, and the chair takes one or none."
    assert [first, second, third] == ["3.1  Meet in May. (IND)", "3.3  Meet twice.", "3.4  (left out)"]
    assert paragraph == f"{does} No objection is stated or expected."


SINCE = "the chair goes by what delegations have said since."


@pytest.mark.parametrize(
    ("provision", "chosen", "words"),
    [
        ("p1", None, f"Candidate 2, the first, would take the wording of IND; {SINCE}"),
        ("p1", "a1", ""),
        ("p2", None, ""),
        ("p2", "a2", f"Candidate 2, the first, would leave the clause as it is; {SINCE}"),
        ("p3", "a2", f"Candidate 2, the first, has words that no member put forward; {SINCE}"),
        ("p4", "a2", f"Candidate 2, the first, would leave the clause out; {SINCE}"),
    ],
)
def test_a_chair_that_closes_a_bracket_otherwise_than_the_first_candidate_would_is_explained(
    provision: str, chosen: str | None, words: str
):
    wordings = [
        wording("p1", "PRESENT"), wording("p1", "ALTERNATIVE", alternative="a1"), wording("p2", "PRESENT"),
        wording("p3", "NAMED_SUBSET", "Some meet."), wording("p4", "OMITTED"),
    ]  # fmt: skip
    offered = [candidate([0], ""), candidate([1, 2, 3, 4], "")]
    held = {"item": "i", "number": 1, "stop": None, "choice": {"order": [1, 2]}, "wordings": wordings}
    ranked = {"item": "i", "choice": {"order": [2, 1]}}
    put = {"alternative": "a1", "provision": "p1", "versions": [{"text": "Meet in May."}], "reopens": False}
    closed = {"provision": provision, "chosen": chosen}
    entries = [("AlternativeProposed", put), ("CandidatesProposed", held | {"candidates": offered})]
    did, told = line(*entries, ("CandidatesRanked", ranked), ("BracketClosed", closed))
    assert did.startswith("closes the bracket of clause 3.")
    assert told == words


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("ANSWERED", "it answers; wordings taken: 2, refused: 1"),
        ("TIMED_OUT", "it does not answer in time; no wording is taken"),
    ],
)
def test_it_is_told_that_a_model_was_asked_and_what_came_of_it(outcome: str, words: str):
    asked = {"item": "i", "answered": outcome, "consulted": 2, "refused": [{"fault": "NAME"}]}
    assert line(("WriterConsulted", asked)) == ("asks a language model for wordings of item 3", words)
