"""Chapter 5, sources: whose words a draft says that it has, and whether they have given just these.

Why by the words: a program or the secretariat may name anybody, and words that are put down to a delegation count as
its own from then on.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.distance import plain
from polylogue.occasion import Place
from polylogue.procedure import answers
from polylogue.procedure.guards import BACKING
from polylogue.procedure.matter import Matter
from polylogue.record.prose import Said
from polylogue.refusals import RefusalCode, Refused
from polylogue.stances import Held
from polylogue.state import Alternative, Item, Posted, Provision, Wording
from polylogue.vocabulary import AmendmentState, LanguageTag, SeatCode, SourceKind

Plain = tuple[LanguageTag, tuple[str, ...]]
"""What makes words the same: their language, and what they are without white space and capital letters."""


@dataclass(frozen=True, slots=True)
class Worded:
    """What a draft has for a clause of the item: new words, by `versions`; or words on the table, those of an
    `alternative` or the present text. Without `provision` the clause is new, the `place`th of these in the draft.
    """

    item: Item
    provision: Provision | None
    place: int = 0
    versions: tuple[e.Version, ...] = ()
    alternative: Alternative | None = None


def of_versions(versions: Collection[e.Version]) -> frozenset[Plain]:
    """The words of versions that are brought now."""
    texts = ((each.language, each.text) for each in versions)
    return frozenset((tag, plain(text.words, tag)) for tag, text in texts if isinstance(text, Said))


def of_wording(m: Matter, wording: Wording) -> frozenset[Plain]:
    """The words of versions that are in the record and not erased."""
    texts = ((each.language, m.occasion.prose(each.seq, each.pointer)) for each in wording)
    return frozenset((tag, plain(text, tag)) for tag, text in texts if text is not None)


# ── named by a draft ─────────────────────────────────────────────────────────────────────────────────────────────────


def still_wait(m: Matter, given: Collection[c.DraftSource], path: tuple[str, ...]) -> None:
    """Refuse an amendment that was withdrawn, revised or put beside the clause since the draft was made of it."""
    for i, source in enumerate(given):
        amendment = m.state.amendments.get(source.amendment) if source.amendment else None
        if amendment is None or source.revision is None:
            continue
        clause = m.state.provisions.get(amendment.provision)
        beside = (m.state.alternatives[id].amendment for id in (clause.alternatives if clause else ()))
        waits = amendment.state is AmendmentState.PENDING and amendment.edition == source.revision
        if not waits or amendment.id in beside:
            raise m.refuse(RefusalCode.DRAFT_OUTDATED, path=(*path, str(i), "amendment"))


def sources(m: Matter, words: Worded, given: Collection[c.DraftSource], path: tuple[str, ...]) -> tuple[e.Source, ...]:
    """Where words come from, by ids of this session.

    What is named belongs to whom it is put down to, and has just these words, or they are `drawn` from it.
    """
    m.within(given, path=path)
    return tuple(_source(m, words, source, (*path, str(i))) for i, source in enumerate(given))


def backers(
    m: Matter, words: Worded, given: Collection[SeatCode], named: Collection[e.Source], path: tuple[str, ...]
) -> tuple[SeatCode, ...]:
    """Who stands behind words: each has given them, or has once said of them as they are that it could go with them."""
    seats = m.seats(given, path=path)
    giving = {source.seat for source in named if not source.drawn}
    for seat in seats:
        if seat not in giving and not _backed(m, words, seat) and not _gave(m, words, seat):
            raise _misattributed(m, words, (seat,), path)
    return seats


def _source(m: Matter, words: Worded, given: c.DraftSource, path: tuple[str, ...]) -> e.Source:
    named = (
        ("seat", "delegation", given.seat, m.state.delegations),
        ("position", "position", given.position, m.state.posted),
        ("alternative", "alternative", given.alternative, m.state.alternatives),
        ("amendment", "amendment", given.amendment, m.state.amendments),
    )
    for member, kind, id, known in named:
        if id is not None and id not in known:
            raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, member), kind=kind, id=id)
    # No revision is higher than the record is long.
    if given.revision is not None and not 1 <= given.revision <= m.state.seq:
        raise m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=(*path, "revision"), value=given.revision)
    owned = tuple(_owned(m, words, given))
    for member, owners, says in owned:
        if not says or given.seat not in (None, *owners):
            raise _misattributed(m, words, owners, (*path, member))
    if given.seat and not owned and not given.drawn and not _gave(m, words, given.seat):
        raise _misattributed(m, words, (given.seat,), (*path, "seat"))
    return e.Source(
        seat=given.seat or next((seat for _, owners, _ in owned for seat in owners), None),
        position=given.position,
        alternative=given.alternative,
        amendment=given.amendment,
        revision=given.revision,
        drawn=given.drawn,
    )


def _owned(m: Matter, words: Worded, given: c.DraftSource) -> Iterator[tuple[str, tuple[SeatCode, ...], bool]]:
    """What a source names beside a seat: whose it is, and whether it has the words, or need not."""
    own = words.alternative
    if given.position:
        owner = next(seat for (_, seat), (id, _) in m.state.positions.items() if id == given.position)
        revision = None if given.amendment else given.revision
        posted = m.state.posted[given.position]
        told = posted if revision is None else posted[revision - 1 : revision]
        yield "position", (owner,), given.drawn or any(_says(m, words, _of_position(m, each)) for each in told)
    if given.alternative:
        named = m.state.alternatives[given.alternative]
        says = given.drawn or (own and own.id == named.id) or _says(m, words, of_wording(m, named.wording))
        yield "alternative", _put_forward(m, named), says
    if given.amendment:
        amendment = m.state.amendments[given.amendment]
        made_of_it = own is not None and own.amendment == amendment.id  # its words may have moved on since
        owners = (*amendment.authors, *(_put_forward(m, own) if own and made_of_it else ()))
        says = given.drawn or made_of_it or _says(m, words, of_wording(m, amendment.wording))
        yield "amendment", owners, says


def _says(m: Matter, words: Worded, other: Collection[Plain]) -> bool:
    return not _said(m, words).isdisjoint(other)


def _said(m: Matter, words: Worded) -> frozenset[Plain]:
    on_table = words.alternative or words.provision
    return of_versions(words.versions) if words.versions or not on_table else of_wording(m, on_table.wording)


def _misattributed(m: Matter, words: Worded, seats: Collection[SeatCode], path: tuple[str, ...]) -> Refused:
    """The refusal of words that are put down to seats which have not said them, or to what nobody has said."""
    if words.provision:
        clause = m.clause(words.provision)
    else:
        clause = f"{words.item.number}.{len(m.state.in_text(words.item)) + words.place}"
    return m.refuse(RefusalCode.DRAFT_MISATTRIBUTED, path=path, clause=clause, seats=", ".join(seats))


# ── named by a round ──


def of_round(m: Matter, provision: Provision, given: c.CandidateSource, path: tuple[str, ...]) -> None:
    """Refuse a source whose place in the record has no words of its kind, put forward on the item by whom it names.

    A source without a place has no words; a name has none.
    """
    if given.seq is None and given.pointer is None:
        return
    item, place = m.state.items[provision.item], (given.seq, given.pointer)
    match given.kind:
        case SourceKind.WORDING:
            there = place in _worded(m, item, given)
        case SourceKind.CONDITION:
            held = _stated(m, item, given.seat) if given.seat else ()
            there = place in {(each.seq, f"/stances/{each.place}/wouldBeRemovedBy") for each in held}
        case SourceKind.ANSWER:
            there = place in _answered(m, item, given.seat)
        case SourceKind.NAME:
            there = False
    if not there:
        raise _misattributed(m, Worded(item, provision), (given.seat,) if given.seat else (), path)


def _worded(m: Matter, item: Item, given: c.CandidateSource) -> set[Place]:
    """Where the wordings of an item lie; that of an alternative or amendment, if one is named."""
    state, named = m.state, given.alternative or given.amendment
    clauses = [state.provisions[id] for id in item.provisions]
    beside = [a for a in state.alternatives.values() if state.provisions[a.provision].item == item.id]
    asked = [a for a in state.amendments.values() if a.item == item.id]
    found = [each.wording for each in (*clauses, *beside, *asked) if named in (None, each.id)]
    return {(version.seq, version.pointer) for wording in found for version in wording}


def _answered(m: Matter, item: Item, seat: SeatCode | None) -> set[Place]:
    """Where words of earlier rounds lie that a delegation, or this one, could go with."""
    return {
        (past.seq, answers.text_at(place))
        for past in m.state.rounds.get(item.id, ())
        for of, answered in past.answers.items()
        for place, held in answered.items()
        if held.level in BACKING and seat in (None, of)
    }


# ── said by a delegation ─────────────────────────────────────────────────────────────────────────────────────────────


def _gave(m: Matter, words: Worded, seat: SeatCode) -> bool:
    """Whether a seat has put just these words forward on the item: as a clause, alternative, amendment or position, or
    as what would remove an objection or reservation of its own.
    """
    if not words.versions:
        if words.alternative and seat in _put_forward(m, words.alternative):
            return True
        if words.provision and not words.alternative and seat in words.provision.authors:
            return True
    said = _said(m, words)
    if any(not said.isdisjoint(own) for own in _own(m, words.item, seat)):
        return True
    return any((tag, plain(asked, tag)) in said for asked in _conditions(m, words.item, seat) for tag, _ in said)


def _own(m: Matter, item: Item, seat: SeatCode) -> Iterator[frozenset[Plain]]:
    state = m.state
    for provision in map(state.provisions.__getitem__, item.provisions):
        if seat in provision.authors:
            yield of_wording(m, provision.wording)
    for alternative in state.alternatives.values():
        here = state.provisions[alternative.provision].item == item.id
        if here and alternative.supported and seat in _put_forward(m, alternative):
            yield of_wording(m, alternative.wording)
    for amendment in state.amendments.values():
        if amendment.item == item.id and seat in amendment.authors:
            yield of_wording(m, amendment.wording)
    position, _ = state.positions.get((item.id, seat), (None, 0))
    for posted in state.posted[position] if position else ():
        yield _of_position(m, posted)


def _put_forward(m: Matter, alternative: Alternative) -> tuple[SeatCode, ...]:
    return tuple(dict.fromkeys((*alternative.authors, *m.state.proposers(alternative.id))))


def _of_position(m: Matter, posted: Posted) -> frozenset[Plain]:
    """The words of a position's revision in each of its languages."""
    pointers = (posted.pointer + "/text", *(f"{posted.pointer}/translations/{i}" for i in range(len(posted.languages))))
    texts = ((tag, m.occasion.prose(posted.seq, at)) for tag, at in zip(posted.languages, pointers, strict=False))
    return frozenset((tag, plain(text, tag)) for tag, text in texts if text is not None)


def _conditions(m: Matter, item: Item, seat: SeatCode) -> Iterator[str]:
    """What a seat has said would remove its objections and reservations on the item."""
    for held in _stated(m, item, seat):
        if asked := m.occasion.prose(held.seq, f"/stances/{held.place}/wouldBeRemovedBy"):
            yield asked


def _stated(m: Matter, item: Item, seat: SeatCode) -> Iterator[Held]:
    """All that a seat has stated on wordings of the item, or answered to them."""
    for (provision, _), held in m.state.held(seat).items():
        if m.state.provisions[provision].item == item.id:
            yield from held.stated()
    for past in m.state.rounds.get(item.id, ()):
        yield from past.answers.get(seat, {}).values()


def _backed(m: Matter, words: Worded, seat: SeatCode) -> bool:
    """Whether a seat has ever supported or accepted the words as they are, by a stance or in a round."""
    provision = words.provision
    if provision is None:
        return False
    if words.versions:
        texts = ((each.text, each.language) for each in words.versions)
        told = (answers.to_words(m, provision, text.words, tag) for text, tag in texts if isinstance(text, Said))
        return any(seat in each and each[seat].held.level in BACKING for each in told)
    target = (provision.id, words.alternative.id if words.alternative else None)
    now = m.state.held(seat).get(target)
    if now and any(held.level in BACKING and not m.state.carried(target, held) for held in now.stated()):
        return True
    answered = answers.to_wording(m, provision, target[1]).get(seat)
    return answered is not None and answered.held.level in BACKING
