"""Rounds of candidates in the golden session: on a text on the table, and on one that was blocked.

Why both: to table a draft with candidates moves what a draft moves, and so does taking one.
"""

from dataclasses import replace

from polylogue import commands as c
from polylogue import events as e
from polylogue.vocabulary import (
    CandidateId,
    ClauseForm,
    ItemId,
    PredictionBasis,
    ProvisionId,
    SeatCode,
    SourceKind,
    StanceLevel,
    WordingFault,
    WriterKind,
    WriterOutcome,
)
from tests.scenes import EN, Scene, takes

KAZ, UZB = SeatCode("KAZ"), SeatCode("UZB")


def on_the_table(scene: Scene, item: ItemId) -> None:
    """A round that is ranked, answered and taken."""
    first = scene.state.items[item].provisions[0]
    (second,) = scene.give(c.ProposeProvision(item=item, text="Fish in May.", language=EN), "UZB")
    (should,) = scene.give(c.ProposeAlternative(provision=first, text="Should fish.", language=EN), "KAZ")
    (asked,) = scene.give(c.RequestDraft(item=item, candidates=4, writer=WriterKind.MODEL))
    alternative = c.DraftedWording(
        provision=first, revision=1, form=ClauseForm.ALTERNATIVE, alternative=should.alternative
    )
    expected = c.DraftedPrediction(
        seat=UZB, level=StanceLevel.OBJECT, figure="1/3", basis=PredictionBasis.NEAREST, candidates=(2,)
    )
    stated = c.DraftedPrediction(
        seat=KAZ, level=StanceLevel.OBJECT, figure="0", basis=PredictionBasis.STATED, nearest=should.alternative
    )
    omitted = c.DraftedWording(provision=second.provision, revision=1, form=ClauseForm.OMITTED, predictions=(expected,))
    subset = c.DraftedWording(
        provision=second.provision,
        revision=1,
        form=ClauseForm.NAMED_SUBSET,
        seats=(UZB,),
        brackets=(1,),
        text="Fish (for the following Member States: Uzbekistan: in May).",
        language=EN,
        sources=(
            _lies(scene, second.provision),
            c.CandidateSource(kind=SourceKind.NAME, seat=UZB),
        ),
    )
    wanted = c.DraftedAlternative(text="Fish in June.", language=EN, sources=(c.DraftSource(seat=KAZ, drawn=True),))
    scene.give(
        c.ProposeCandidates(
            item=item,
            request=asked.request,
            basis=scene.state.seq,
            clauses=(
                c.DraftedClause(provision=first, revision=1),
                c.DraftedClause(provision=second.provision, revision=1, alternatives=(wanted,)),
            ),
            wordings=(_present(first, 1, stated), alternative, omitted, subset),
            candidates=(_text(1, 3, 5), _text(1, 2, 3), _text(0, 2, 9, present=True)),
            ballots=(
                c.DraftedBallot(seat=KAZ, groups=((1,), (2, 3))),
                c.DraftedBallot(seat=UZB, groups=((1, 2, 3),)),
            ),
            search=1,
            consultations=(_consultation(first, second.provision), _unanswered(first)),
        ),
        "worker",
    )
    one, two, three = (candidate.id for candidate in scene.newest(e.CandidatesProposed).candidates)
    scene.give(c.RankCandidates(item=item, ranking=((two,), (one, three))), "UZB")
    scene.give(
        c.AnswerCandidate(
            candidate=one,
            answers=(
                c.AnswerGiven(provision=first, level=StanceLevel.ACCEPT),
                c.AnswerGiven(
                    provision=second.provision,
                    level=StanceLevel.OBJECT,
                    reason="Not alone.",
                    would_be_removed_by="Fish together.",
                ),
            ),
        ),
        "UZB",
    )
    scene.give(c.CloseBracket(provision=second.provision))
    _again(scene, item, first, second.provision, should)


def _again(scene: Scene, item: ItemId, first: ProvisionId, second: ProvisionId, should: e.AlternativeProposed) -> None:
    """A second round, which leaves two clauses out, one of them in a bracket."""
    (third,) = scene.give(c.ProposeProvision(item=item, text="Fish in June.", language=EN), "UZB")
    scene.give(c.ProposeAlternative(provision=third.provision, text="Fish in July.", language=EN), "KAZ")
    (asked,) = scene.give(c.RequestDraft(item=item, candidates=4))
    alternative = c.DraftedWording(
        provision=first, revision=1, form=ClauseForm.ALTERNATIVE, alternative=should.alternative
    )
    omitted = c.DraftedWording(provision=second, revision=2, form=ClauseForm.OMITTED)
    scene.give(
        c.ProposeCandidates(
            item=item,
            request=asked.request,
            basis=scene.state.seq,
            clauses=(c.DraftedClause(provision=first, revision=1),),
            wordings=(alternative, omitted, replace(omitted, provision=third.provision, revision=1)),
            candidates=(_text(0, 1, 2, 2),),
        ),
        "worker",
    )
    scene.give(c.TakeCandidate(candidate=scene.newest(e.CandidatesProposed).candidates[0].id))


def _consultation(first: ProvisionId, second: ProvisionId) -> c.Consultation:
    """A model that was asked twice, and of whose reply something was refused."""
    return c.Consultation(
        provisions=(first, second),
        outcome=WriterOutcome.ANSWERED,
        model="model/1",
        requests=2,
        prompt="What would you write?",
        reply="Fish in May, and pay 40 million.",
        taken=1,
        refused=(
            c.RefusedWording(provision=second, fault=WordingFault.NUMBER, sentence="Pay 40 million."),
            c.RefusedWording(provision=None, fault=WordingFault.CLAUSE_UNKNOWN),
        ),
    )


def _unanswered(first: ProvisionId) -> c.Consultation:
    """A model that was asked and gave an error."""
    return c.Consultation(
        provisions=(first,), outcome=WriterOutcome.FAILED, model="model/1", requests=1, status=401, prompt="And here?"
    )


def on_a_blocked_text(scene: Scene, item: ItemId) -> None:
    """A draft that takes the text back to the table, and a candidate that changes what was agreed."""
    first, second, third = [provision.id for provision in scene.state.in_text(scene.state.items[item])][:3]
    at = {id: scene.state.provisions[id].revision for id in (first, second, third)}
    (asked,) = scene.give(c.RequestDraft(item=item))
    said = (c.DraftSource(seat=KAZ, drawn=True),)
    wanted = c.DraftedAlternative(text="Trade.", language=EN, sources=said)
    new = c.DraftedClause(text="Rests.", language=EN, sources=said)
    bracketed = c.DraftedClause(text="Sings.", language=EN, sources=said, alternatives=(wanted,))
    words = scene.words(second)
    anew = c.DraftedWording(
        provision=second,
        revision=at[second],
        form=ClauseForm.MERGED,
        text=words,
        language=EN,
        sources=(_lies(scene, second),),
    )
    omitted = c.DraftedWording(provision=third, revision=at[third], form=ClauseForm.OMITTED)
    scene.give(
        c.ProposeCandidates(
            item=item,
            request=asked.request,
            basis=scene.state.seq,
            clauses=(c.DraftedClause(provision=first, revision=at[first], alternatives=(wanted,)), new, bracketed),
            wordings=(_present(first, at[first]), anew, omitted),
            candidates=(_text(0, 1, 2, 7),),
        ),
        "worker",
    )
    scene.give(takes(item, second, StanceLevel.RESERVE), "RUS")  # which has objected to just these words
    scene.give(c.TakeCandidate(candidate=scene.newest(e.CandidatesProposed).candidates[0].id))
    *_, rests, sings = (provision.id for provision in scene.state.in_text(scene.state.items[item]))
    scene.give(c.CloseBracket(provision=sings))
    for drafted in (rests, sings):
        scene.give(takes(item, drafted, StanceLevel.ACCEPT), "KAZ")


def before_a_call(scene: Scene, item: ItemId) -> CandidateId:
    """A round on a text that is then cleaned and called: its candidate, which words the first clause anew."""
    first = scene.state.in_text(scene.state.items[item])[0]
    (asked,) = scene.give(c.RequestDraft(item=item))
    anew = c.DraftedWording(
        provision=first.id,
        revision=first.revision,
        form=ClauseForm.MERGED,
        text=scene.words(first.id),
        language=EN,
        sources=(_lies(scene, first.id),),
    )
    kept = (c.DraftedClause(provision=first.id, revision=first.revision),)
    proposed = c.ProposeCandidates(
        item=item,
        request=asked.request,
        basis=scene.state.seq,
        clauses=kept,
        wordings=(anew,),
        candidates=(_text(0, 2),),
    )
    scene.give(proposed, "worker")
    return scene.newest(e.CandidatesProposed).candidates[0].id


def _lies(scene: Scene, clause: ProvisionId) -> c.CandidateSource:
    version = scene.state.provisions[clause].wording[0]
    return c.CandidateSource(kind=SourceKind.WORDING, seq=version.seq, pointer=version.pointer)


def _present(clause: ProvisionId, revision: int, *predictions: c.DraftedPrediction) -> c.DraftedWording:
    return c.DraftedWording(provision=clause, revision=revision, form=ClauseForm.PRESENT, predictions=predictions)


def _text(*wordings: int, present: bool = False) -> c.DraftedCandidate:
    """A candidate of these wordings; the last number counts its words."""
    *places, words = wordings
    return c.DraftedCandidate(
        wordings=tuple(places), explanation="It has it all.", lowest="1/3", mean="2", words=words, present=present
    )
