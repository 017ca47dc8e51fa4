"""Rounds of a scene as its worker makes them: the search on what the record has, given to the rules as one command.

Why here and not written out: what a round rests on is then read from the session, as it is outside of tests.
"""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.brief import Brief, brief
from polylogue.drafting.rounds import answers, previous
from polylogue.vocabulary import CandidateId, ClauseForm, ProvisionId, StanceLevel
from tests.scenes import EN, Scene
from workers.rounds import Read, proposal
from workers.writers.writer import Writing

NAMES = ("Kazakhstan", "Kyrgyzstan", "Uzbekistan")


def read(scene: Scene) -> Read:
    return Read(scene.prose, {seat: {EN: name} for seat, name in zip(scene.state.eligible(), NAMES, strict=False)})


def asked(scene: Scene) -> Brief:
    """What the search would be asked now."""
    words = read(scene).words
    given = {"previous": previous(scene.state, scene.item, words), "answers": answers(scene.state, scene.item, words)}
    return brief(scene.state, scene.item, words, **given)


def searched(scene: Scene, **more: Any) -> c.ProposeCandidates:
    """The command of a round that is asked for now."""
    (requested,) = scene.give(c.RequestDraft(item=scene.item, **more))
    return proposal(scene.state, scene.state.requests[requested.request], read(scene), Writing())


def drawn(scene: Scene, **more: Any) -> e.CandidatesProposed:
    """A round, asked for and held."""
    scene.give(searched(scene, **more), "worker")
    return scene.newest(e.CandidatesProposed)


def having(scene: Scene, clause: ProvisionId, words: str, form: ClauseForm | None = None) -> CandidateId:
    """The first candidate of the newest round that has these words for a clause."""
    last = scene.state.rounds[scene.item][-1]
    for candidate in last.proposed.candidates:
        for place in candidate.wordings:
            wording = last.proposed.wordings[place]
            if wording.provision == clause and form in (None, wording.form) and said(scene, place) == words:
                return candidate.id
    raise AssertionError(f"no candidate has {words!r}: {texts(scene)}")


def said(scene: Scene, place: int) -> str | None:
    """The words of a wording of the newest round; null where the clause is left out."""
    last = scene.state.rounds[scene.item][-1]
    wording = last.proposed.wordings[place]
    if wording.form is ClauseForm.OMITTED:
        return None
    if wording.form is ClauseForm.PRESENT:
        return scene.words(wording.provision)
    if wording.alternative:
        lies = scene.state.alternatives[wording.alternative].wording[0]
        return scene.prose[lies.seq, lies.pointer]
    return scene.prose[last.seq, f"/wordings/{place}/versions/0/text"]


def texts(scene: Scene) -> list[tuple[str | None, ...]]:
    """The candidates of the newest round, best first by the search, as the words of their clauses."""
    candidates = scene.state.rounds[scene.item][-1].proposed.candidates
    return [tuple(said(scene, place) for place in candidate.wordings) for candidate in candidates]


def against(clause: ProvisionId, why: str, removed_by: str) -> c.StanceGiven:
    """An objection in these words."""
    return c.StanceGiven(
        provision=clause, level=StanceLevel.OBJECT, reason=why, would_be_removed_by=removed_by, importance=2
    )
