"""Drafts, and rounds of candidates."""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import (
    CandidateId,
    ClauseForm,
    WriterKind,
)
from tests.polylogue.procedure.refused.cases import Cases
from tests.scenes import EN, THREE, Scene, sco, takes

Code = RefusalCode
case = Cases()


@case(Code.DRAFT_OUTDATED, "5.8", "clauses", "0", "revision", given=7, current=1)
def a_draft_of_another_wording():
    scene = sco()
    clause = c.DraftedClause(provision=scene.clauses[0], revision=7)
    return scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")


@case(Code.DRAFT_MISATTRIBUTED, "5.8", "clauses", "0", "sources", "0", "seat", clause="1.3", seats="KAZ")
def tabling_what_a_delegation_has_not_said():
    scene = sco()
    source = c.DraftSource(seat=THREE[0])
    clause = c.DraftedClause(text="Welcomes.", language=EN, sources=(source,))
    return scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")


@case(Code.DRAFT_PENDING, "5.7", number=1)
def asking_twice_for_a_draft():
    scene = sco()
    scene.give(c.RequestDraft(item=scene.item))
    return scene.refuse(c.RequestDraft(item=scene.item))


@case(Code.WRITER_NOT_CONFIGURED, "5.7", "writer")
def asking_for_a_model_where_there_is_none():
    scene = sco()
    scene.model = False
    return scene.refuse(c.RequestDraft(item=scene.item, writer=WriterKind.MODEL))


@case(Code.ROUNDS_OVER, "5.7", number=1, round=1, reason="NO_OBJECTION")
def asking_for_another_round_when_no_objection_is_left():
    scene = sco()
    proposed(scene)
    return scene.refuse(c.RequestDraft(item=scene.item))


@case(Code.CANDIDATE_PAST, "5.14", "ranking", round=2)
def ranking_candidates_of_an_earlier_round():
    scene = sco()
    earlier = proposed(scene)
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    proposed(scene)
    return scene.refuse(c.RankCandidates(item=scene.item, ranking=((earlier,),)), "KAZ")


@case(Code.CANDIDATE_OUTDATED, "5.16", "candidate", given=1, current=2)
def taking_a_candidate_for_older_words():
    scene = sco()
    candidate = proposed(scene)
    (amended,) = scene.give(
        c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Anew.", language=EN), "KAZ"
    )
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    return scene.refuse(c.TakeCandidate(candidate=candidate))


@case(Code.CANDIDATE_UNSUPPORTED, "5.16", "candidate", clause="1.1", words="decides, war")
def taking_words_that_nobody_has_put_forward():
    scene = sco()
    candidate = proposed(scene, form=ClauseForm.WRITTEN, text="Decides war.", language=EN)
    return scene.refuse(c.TakeCandidate(candidate=candidate))


@case(Code.CANDIDATE_CHANGES_NOTHING, "5.16", "candidate")
def taking_the_text_as_it_stands():
    scene = sco()
    return scene.refuse(c.TakeCandidate(candidate=proposed(scene)))


def proposed(scene: Scene, **more: Any) -> CandidateId:
    """The one candidate of a round, for the first clause."""
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    first = scene.clauses[0]
    wording: dict[str, Any] = {"provision": first, "revision": 1, "form": ClauseForm.PRESENT} | more
    candidate = c.DraftedCandidate(wordings=(0,), explanation="So.", lowest="2", mean="2", words=3)
    command = c.ProposeCandidates(
        item=scene.item,
        request=asked.request,
        basis=scene.state.seq,
        clauses=(c.DraftedClause(provision=first, revision=1),),
        wordings=(c.DraftedWording(**wording),),
        candidates=(candidate,),
    )
    scene.give(command, "worker")
    return scene.newest(e.CandidatesProposed).candidates[0].id
