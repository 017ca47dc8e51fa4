"""Chapter 5, writers: a model is asked only where there is one, and what it was told and said stands in the record."""

import json
from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.record import envelope
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import Audience, ProvisionId, WordingFault, WriterKind, WriterOutcome
from tests.polylogue.procedure.rounds import asks, present, proposing, text
from tests.scenes import Scene, sco

TOLD = c.RefusedWording(provision=None, fault=WordingFault.WORD)


def consultation(scene: Scene, **more: Any) -> c.Consultation:
    given: dict[str, Any] = {
        "provisions": tuple(scene.clauses),
        "outcome": WriterOutcome.ANSWERED,
        "model": "model/1",
        "requests": 2,
        "prompt": "Propose wordings.",
        "reply": '{"clauses": []}',
        "taken": 1,
        "refused": (
            c.RefusedWording(provision=scene.clauses[0], fault=WordingFault.NUMBER, sentence="It costs 40 million."),
            c.RefusedWording(provision=None, fault=WordingFault.CLAUSE_UNKNOWN),
        ),
    }
    return c.Consultation(**(given | more))


def proposed(scene: Scene, *consultations: c.Consultation) -> c.ProposeCandidates:
    asks(scene, writer=WriterKind.MODEL)
    wordings = [present(clause) for clause in scene.clauses]
    return proposing(scene, wordings, [text(0, 1, present=True)], consultations=consultations)


def test_a_model_is_asked_for_wordings_only_where_there_is_one():
    scene = sco()
    scene.model = False
    refusal = scene.refuse(c.RequestDraft(item=scene.item, writer=WriterKind.MODEL))
    assert (refusal.code, refusal.rule, refusal.path) == (RefusalCode.WRITER_NOT_CONFIGURED, "5.7", ("writer",))
    assert asks(scene, writer=WriterKind.RULES).writer is WriterKind.RULES
    scene = sco()
    assert asks(scene, writer=WriterKind.MODEL).writer is WriterKind.MODEL


def test_what_a_model_was_told_and_said_comes_with_the_draft_and_is_for_all():
    scene = sco()
    command = proposed(scene, consultation(scene), consultation(scene, reply=None, requests=1, refused=()))
    tabled, first, second, candidates = scene.give(command, "worker")[:4]
    assert isinstance(tabled, e.DraftTabled)
    assert isinstance(candidates, e.CandidatesProposed)
    assert isinstance(first, e.WriterConsulted)
    assert (first.request, first.item, first.outcome) == (tabled.request, scene.item, WriterOutcome.ANSWERED)
    assert [(each.provision, each.fault) for each in first.refused] == [
        (scene.clauses[0], WordingFault.NUMBER),
        (None, WordingFault.CLAUSE_UNKNOWN),
    ]
    (seq,) = [entry.seq for entry in scene.entries if entry.event is first]
    assert scene.prose[seq, "/prompt"] == "Propose wordings."
    assert scene.prose[seq, "/reply"] == '{"clauses": []}'
    assert scene.prose[seq, "/refused/0/sentence"] == "It costs 40 million."
    assert second.reply is None
    acting = scene.entries[-1].acting
    assert envelope.visibility(first, acting).to is Audience.ALL
    assert json.loads(scene.stored[seq - 1])["payload"]["model"] == "model/1"
    assert scene.state.writer_requests == 3


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"provisions": (ProvisionId("another item's"),)}, RefusalCode.UNKNOWN_REFERENCE, "provisions"),
        ({"model": "a\nb"}, RefusalCode.UNKNOWN_REFERENCE, "model"),
        ({"prompt": "\u202e"}, RefusalCode.CHARACTER_FORBIDDEN, "prompt"),
        ({"reply": "word " * 5_000}, RefusalCode.TEXT_TOO_LONG, "reply"),
        ({"requests": -1}, RefusalCode.NUMBER_OUT_OF_RANGE, "requests"),
        ({"taken": 1_001}, RefusalCode.NUMBER_OUT_OF_RANGE, "taken"),
        ({"refused": (TOLD,) * 201}, RefusalCode.LIST_TOO_LONG, "refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_kept_is_refused(more: dict[str, Any], code: RefusalCode, path: str):
    scene = sco()
    refusal = scene.refuse(proposed(scene, consultation(scene, **more)), "worker")
    assert (refusal.code, refusal.path) == (code, ("consultations", "0", path))
