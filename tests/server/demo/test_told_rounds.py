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
    said = f"{does} No objection is left. Of 4 stances on its clauses, 4 are stated on these very words."
    given = {
        "item": "i", "number": 1, "stop": None, "choice": {"order": [2, 1]},
        "wordings": [
            wording("p1", "PRESENT"), wording("p2", "PRESENT"), wording("p1", "ALTERNATIVE", alternative="a1"),
            wording("p3", "MERGED", "Meet twice."), wording("p4", "OMITTED"),
        ],
        "candidates": [candidate([0, 1], "Candidate 1: the text as it stands."), candidate([2, 1, 3, 4], said)],
    }  # fmt: skip
    alternative = {"alternative": "a1", "provision": "p1", "versions": [{"text": "Meet in May."}], "reopens": False}
    did, words = line(("AlternativeProposed", alternative), ("CandidatesProposed", given))
    assert did == "proposes 2 candidates for item 3, round 1"
    *places, first, second, third, paragraph = words.split("\n")
    assert len(places) == 2
    assert [first, second, third] == ["3.1  Meet in May. (IND)", "3.3  Meet twice.", "3.4  (left out)"]
    assert paragraph == f"{does} No objection is left."


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
