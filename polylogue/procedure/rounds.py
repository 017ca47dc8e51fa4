"""Chapter 5, rounds: whether another is held, how delegations rank and answer candidates, and which one is taken.

Why what is said of words on the table becomes a stance: nobody then holds two things on the same words.
"""

from collections.abc import Iterator, Mapping

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting import provenance
from polylogue.drafting.ballots import completed
from polylogue.drafting.named import names_in, sides
from polylogue.footing import falling
from polylogue.occasion import Place
from polylogue.procedure import answers, guards, positions, support
from polylogue.procedure.answers import text_at
from polylogue.procedure.candidates import ON_TABLE, chosen
from polylogue.procedure.matter import STANCES, Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.rules.ruleset import Guard
from polylogue.stances import Held
from polylogue.state import Item, Provision, Round
from polylogue.vocabulary import CandidateId, ClauseForm, ProvisionState, SeatCode, StanceLevel, TextState

# ── ranked, answered ─────────────────────────────────────────────────────────────────────────────────────────────────


def rank_candidates(m: Matter, c: c.RankCandidates) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    rounds = m.state.rounds.get(item.id)
    named = [id for group in c.ranking for id in group]
    if not named:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("ranking",), name="ranking")
    m.within(named, path=("ranking",))
    m.once(named, path=("ranking",))
    for id in named:
        _newest(m, id, path=("ranking",), of=item)
    assert rounds  # noqa: S101 -- it has the candidates named
    last = rounds[-1]
    number = {candidate.id: i for i, candidate in enumerate(last.proposed.candidates, 1)}
    ballot = tuple(tuple(number[id] for id in group) for group in c.ranking if group)
    ranked = last.ranked | {m.seat: ballot}
    own = {seat: completed(groups, last.expected.get(seat, ())) for seat, groups in ranked.items()}
    seed = m.state.requests[last.proposed.request].seed
    return (
        e.CandidatesRanked(
            item=item.id,
            draft=last.proposed.draft,
            ballot=ballot,
            choice=chosen(last.proposed.candidates, last.expected | own, seed),
        ),
    )


def answer_candidate(m: Matter, c: c.AnswerCandidate) -> tuple[e.Event, ...]:
    last, candidate = _newest(m, c.candidate)
    item = m.item(last.proposed.item)
    if not c.answers:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("answers",), name="answers")
    m.within(c.answers, path=("answers",))
    m.once((answer.provision for answer in c.answers), path=("answers",))
    places = {last.proposed.wordings[place].provision: place for place in candidate.wordings}
    stances: list[e.Stance] = []
    given_answers: list[e.CandidateStance] = []
    for i, given in enumerate(c.answers):
        path = ("answers", str(i))
        if (place := places.get(given.provision)) is None:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=(*path, "provision"), kind="provision", id=given.provision
            )
        wording = last.proposed.wordings[place]
        provision = m.provision(given.provision, path=(*path, "provision"))
        m.fresh_revision(wording.revision, provision, path=(*path, "provision"))
        if _ended(m, wording):
            raise m.refuse(RefusalCode.CANDIDATE_OUTDATED, path=(*path, "provision"))
        reason, removed_by = positions.reasons(m, given, c.language, path)
        if wording.form in ON_TABLE:
            stances.append(
                e.Stance(
                    provision=provision.id,
                    alternative=wording.alternative,
                    revision=provision.revision,
                    level=given.level,
                    importance=given.importance,
                    reason=reason,
                    would_be_removed_by=removed_by,
                    if_agreed=None,
                    bulk=False,
                )
            )
        else:
            given_answers.append(
                e.CandidateStance(
                    provision=provision.id,
                    wording=place,
                    level=given.level,
                    importance=given.importance,
                    reason=reason,
                    would_be_removed_by=removed_by,
                )
            )
    if stances:
        m.also(item, STANCES, path=("answers",))
    answered = e.CandidateAnswered(
        item=item.id, draft=last.proposed.draft, candidate=candidate.id, stances=tuple(given_answers)
    )
    return (answered, e.StancesStated(item=item.id, stances=tuple(stances))) if stances else (answered,)


# ── taken ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def take_candidate(m: Matter, c: c.TakeCandidate) -> tuple[e.Event, ...]:
    last, candidate = _newest(m, c.candidate)
    taken: list[e.TakenClause] = []
    item = m.item(last.proposed.item)
    in_text = {provision.id for provision in m.state.in_text(item)}
    texts = m.occasion.texts([at for place in candidate.wordings for at in _read(last, place)])
    for place in candidate.wordings:
        wording = last.proposed.wordings[place]
        provision = m.state.provisions[wording.provision]
        if provision.id not in in_text or provision.revision != wording.revision:
            raise Refused(
                m.conflict(RefusalCode.CANDIDATE_OUTDATED, provision.revision, wording.revision, path=("candidate",))
            )
        opened = [m.state.alternatives[id].seq for id in provision.alternatives]
        if _ended(m, wording) or any(seq > last.seq for seq in opened):  # of the newer ones nobody has been asked
            raise m.refuse(RefusalCode.CANDIDATE_OUTDATED, path=("candidate",))
        if wording.form in ON_TABLE:
            guards.not_objected(m, provision, [wording.alternative])
        else:
            _not_objected(m, last, place, provision)
            _supported(m, last, place, provision, texts)
        if wording.form is ClauseForm.OMITTED:
            taken.append(
                e.TakenClause(provision=provision.id, wording=place, revision=None, answers=(), supported=False)
            )
        elif wording.form is not ClauseForm.PRESENT or provision.state is ProvisionState.BRACKETED:
            taken.append(
                e.TakenClause(
                    provision=provision.id,
                    wording=place,
                    revision=provision.revision + 1,
                    answers=tuple(_counting(m, last, place, provision)),
                    supported=support.told(m, last, candidate, place, texts),
                )
            )
    if candidate.status_quo or not taken:
        raise m.refuse(RefusalCode.CANDIDATE_CHANGES_NOTHING, path=("candidate",))
    withdrawn = (each.provision for each in taken if each.revision is None)
    return (
        e.CandidateTaken(
            item=item.id,
            draft=last.proposed.draft,
            candidate=candidate.id,
            clauses=tuple(taken),
            lapsed=tuple(id for provision in withdrawn for id in falling(m.state, provision=provision)),
            reopens=item.text is TextState.BLOCKED,
        ),
    )


def _ended(m: Matter, wording: e.CandidateWording) -> bool:
    """Whether a wording is an alternative that a reopening has ended."""
    return wording.alternative is not None and not m.state.alternatives[wording.alternative].open


def _counting(m: Matter, last: Round, place: int, provision: Provision) -> Iterator[e.AnswerTaken]:
    """The answers to the words of a wording, of any round, that are the newest their seats have said of them."""
    wording = last.proposed.wordings[place]
    target = (provision.id, wording.alternative)
    for seat, answer in _answered(m, last, place, provision).items():
        stated = m.state.held(seat).get(target) if wording.form in ON_TABLE else None
        if not stated or m.state.carried(target, stated) or stated.seq < answer.held.seq:
            yield e.AnswerTaken(seat=seat, round=answer.round, wording=answer.wording)


def _not_objected(m: Matter, last: Round, place: int, provision: Provision) -> None:
    """NOT_OBJECTED, for words that only candidates have: no member's newest answer to them, of any round, is OBJECT;
    and of one that has not answered, they do not keep all that it objects to in a wording on the table.
    """
    if not m.guards(Guard.NOT_OBJECTED):
        return
    answered, members = _answered(m, last, place, provision), m.state.eligible()
    against = {
        seat: answer.held
        for seat, answer in answered.items()
        if seat in members and answer.held.level is StanceLevel.OBJECT
    }
    wording, text = last.proposed.wordings[place], m.occasion.prose(last.seq, text_at(place))
    if wording.versions and text is not None:
        kept = _kept(m, provision, wording, text)
        against |= {seat: held for seat, held in kept.items() if seat not in answered}
    if against:
        raise guards.objected(m, provision, dict(sorted(against.items())), path=("candidate",))


def _kept(m: Matter, provision: Provision, wording: e.CandidateWording, text: str) -> dict[SeatCode, Held]:
    """The OBJECTs of which new words keep all that is objected to; what some alone say binds these and no others."""
    language = wording.versions[0].language
    both = sides(text, language) if wording.form is ClauseForm.NAMED_SUBSET and wording.brackets else None
    if both is None:
        return guards.kept(m, provision, text, language)
    named, others = (guards.kept(m, provision, side, language) for side in both)
    bound = {seat: held for seat, held in named.items() if seat in wording.seats}
    return bound | {seat: held for seat, held in others.items() if seat not in wording.seats}


def _answered(m: Matter, last: Round, place: int, provision: Provision) -> Mapping[SeatCode, answers.Answer]:
    """What seats have answered to the words of a wording, in whatever round."""
    wording = last.proposed.wordings[place]
    if wording.form in ON_TABLE:
        return answers.to_wording(m, provision, wording.alternative)
    if wording.form is ClauseForm.OMITTED:
        return answers.to_words(m, provision, None, m.state.working)
    text = m.occasion.prose(last.seq, text_at(place))
    return {} if text is None else answers.to_words(m, provision, text, wording.versions[0].language)


def _read(last: Round, place: int) -> list[Place]:
    """Where the words of a wording lie that only candidates have, and then those that it is made of."""
    wording = last.proposed.wordings[place]
    if not wording.versions:
        return []
    return [(last.seq, text_at(place)), *sorted({(s.seq, s.pointer) for s in wording.sources if s.seq and s.pointer})]


def _supported(m: Matter, last: Round, place: int, provision: Provision, texts: Mapping[Place, str]) -> None:
    """SUPPORTED, for words that only candidates have: every sentence stands in what it is said to be made of."""
    wording = last.proposed.wordings[place]
    if not m.guards(Guard.SUPPORTED) or not wording.versions:
        return
    language = wording.versions[0].language
    own, *sources = _read(last, place)
    if (text := texts.get(own)) is None:
        raise m.refuse(RefusalCode.TEXT_ERASED, path=("candidate",), id=provision.id)
    found = {source: texts[source] for source in sources if source in texts}
    said: tuple[str, ...] = (text,)
    if wording.form is ClauseForm.NAMED_SUBSET:  # the words around the names are the form's own
        if any(names_in(text, words, language) for words in found.values()):
            return
        said = (sides(text, language) if wording.brackets else None) or said
    basis = provenance.Sources(found, language)
    for fault in (fault for side in said for fault in provenance.unsupported(provision.id, side, basis, language)):
        raise m.refuse(
            RefusalCode.CANDIDATE_UNSUPPORTED,
            path=("candidate",),
            clause=m.clause(provision),
            id=provision.id,
            sentence=fault.sentence,
            words=", ".join(fault.words),
        )


def _newest(
    m: Matter, id: CandidateId, *, path: tuple[str, ...] = ("candidate",), of: Item | None = None
) -> tuple[Round, e.Candidate]:
    """The round and candidate of an id; refused where it is of no round of the item, or of one that another follows."""
    item = m.state.candidates.get(id)
    if item is None or (of and item != of.id):
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=path, kind="candidate", id=id)
    last = m.state.rounds[item][-1]
    for candidate in last.proposed.candidates:
        if candidate.id == id:
            return last, candidate
    raise m.refuse(RefusalCode.CANDIDATE_PAST, path=path, round=last.proposed.number)
