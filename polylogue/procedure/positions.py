"""Chapter 4, positions: what delegations say, and how far they can go with each provision."""

from collections.abc import Sequence

from polylogue import commands as c
from polylogue import events as e
from polylogue.commands import AnswerGiven, StanceGiven
from polylogue.procedure.matter import STANCES, Matter
from polylogue.record.prose import Said
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Item, Provision
from polylogue.vocabulary import ItemId, LanguageTag, PositionId, SeatCode, StanceLevel

IMPORTANCE = range(1, 4)


def post_position(m: Matter, c: c.PostPosition) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    known, revision = m.state.positions.get((item.id, m.seat), (None, 0))
    if c.if_revision is not None and c.if_revision != revision:
        raise Refused(m.conflict(RefusalCode.REVISION_STALE, revision, c.if_revision))
    if c.stances:
        m.also(item, STANCES, path=("stances",))
    position = known or PositionId(m.fresh())
    m.within(c.translations, path=("translations",))
    text = m.said(c.text, c.language)
    translations = tuple(
        m.said(t.text, t.language, path=("translations", str(i), "text")) for i, t in enumerate(c.translations)
    )
    m.once((said.language for said in (text, *translations)), path=("translations",))
    posted = e.PositionPosted(
        position=position, item=item.id, revision=revision + 1, text=text, translations=translations
    )
    stated = _stated(m, item, c.stances, c.language, bulk=())
    interests = m.said_if(c.interests, c.language, path=("interests",))
    behind = (
        (e.InterestsStated(position=position, item=item.id, revision=revision + 1, text=interests),)
        if interests
        else ()
    )
    return (posted, *stated, *behind)


def state_stances(m: Matter, c: c.StateStances) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    if c.for_rest is StanceLevel.OBJECT:
        raise m.refuse(RefusalCode.BULK_OBJECT, path=("forRest",))
    stated = _stated(m, item, c.stances, c.language, bulk=_rest(m, item, c))
    if not stated and c.for_rest is not None:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("forRest",), rest=c.for_rest)
    if not stated:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("stances",), name="stances")
    return stated


def objection(
    m: Matter,
    item: Item,
    provision: Provision,
    level: StanceLevel,
    reason: Said | None = None,
    would_be_removed_by: Said | None = None,
    *,
    seat: SeatCode | None = None,
) -> e.StancesStated:
    """The stance that goes with an objection raised or withdrawn in a call; the acting seat's, or another's."""
    held = m.state.held(seat or m.seat).get((provision.id, None))
    stance = e.Stance(
        provision=provision.id,
        alternative=None,
        revision=provision.revision,
        level=level,
        importance=held.importance if held else 2,
        reason=reason,
        would_be_removed_by=would_be_removed_by,
        if_agreed=None,
        bulk=False,
    )
    return e.StancesStated(item=item.id, stances=(stance,))


def _rest(m: Matter, item: Item, c: c.StateStances) -> tuple[StanceGiven, ...]:
    """The same level for every provision of the item that the seat has neither stated nor names now.

    A carried objection is left as it is: whoever takes one level on all the rest may not have seen that it is there.
    """
    if c.for_rest is None:
        return ()
    named = {s.provision for s in c.stances if s.alternative is None}
    mine = m.state.held(m.seat)

    def open_to_bulk(provision: Provision) -> bool:
        held = mine.get((provision.id, None))
        return held is None or (held.revision != provision.revision and held.level is not StanceLevel.OBJECT)

    rest = [p.id for p in m.state.in_text(item) if p.id not in named and open_to_bulk(p)]
    return tuple(StanceGiven(provision=provision, level=c.for_rest) for provision in rest)


def _stated(
    m: Matter,
    item: Item,
    given: Sequence[StanceGiven],
    language: LanguageTag,
    *,
    bulk: Sequence[StanceGiven],
) -> tuple[e.StancesStated, ...]:
    m.within(given, path=("stances",))
    stances = [stance(m, item.id, s, language, path=("stances", str(i))) for i, s in enumerate(given)]
    m.once((s.alternative or s.provision for s in stances), path=("stances",))
    stances += [stance(m, item.id, s, language, path=("stances", str(i)), bulk=True) for i, s in enumerate(bulk)]
    return (e.StancesStated(item=item.id, stances=tuple(stances)),) if stances else ()


def stance(
    m: Matter,
    item: ItemId,
    s: StanceGiven,
    language: LanguageTag,
    *,
    path: tuple[str, ...],
    bulk: bool = False,
    revision: int | None = None,
) -> e.Stance:
    """A stance as it is stated, on the present wording unless another `revision` is named."""
    provision = m.provision(s.provision, path=(*path, "provision"))
    if provision.item != item:
        raise m.refuse(RefusalCode.STANCE_TARGET_INVALID, path=(*path, "provision"))
    if s.alternative:
        known = m.state.alternatives.get(s.alternative)
        if known and known.provision != provision.id:
            raise m.refuse(RefusalCode.STANCE_TARGET_INVALID, path=(*path, "alternative"))
        m.alternative(s.alternative, provision, path=(*path, "alternative"))
    if s.if_revision is not None:
        m.fresh_revision(s.if_revision, provision, path=(*path, "ifRevision"))
    if s.if_agreed:
        m.provision(s.if_agreed, path=(*path, "ifAgreed"))
    reason, removed_by = reasons(m, s, language, path)
    return e.Stance(
        provision=provision.id,
        alternative=s.alternative,
        revision=revision or provision.revision,
        level=s.level,
        importance=s.importance,
        reason=reason,
        would_be_removed_by=removed_by,
        if_agreed=s.if_agreed,
        bulk=bulk,
    )


def reasons(
    m: Matter, s: StanceGiven | AnswerGiven, language: LanguageTag, path: tuple[str, ...]
) -> tuple[Said | None, Said | None]:
    """Why a level is taken, and what would change it; an OBJECT says both where the rules want it."""
    if s.importance not in IMPORTANCE:
        least, most = IMPORTANCE[0], IMPORTANCE[-1]
        raise m.refuse(
            RefusalCode.NUMBER_OUT_OF_RANGE, path=(*path, "importance"), value=s.importance, least=least, most=most
        )
    reason = removed_by = None
    beside = (*path[:-2], "language")
    if s.reason:
        reason = m.said_if(s.reason, language, path=(*path, "reason"), language_path=beside)
    if words := s.would_be_removed_by:
        removed_by = m.said_if(words, language, path=(*path, "wouldBeRemovedBy"), language_path=beside)
    if s.level is StanceLevel.OBJECT and m.rules.object_needs_reason and not (reason and removed_by):
        missing = "wouldBeRemovedBy" if reason else "reason"
        raise m.refuse(RefusalCode.STANCE_REASON_MISSING, path=(*path, missing), missing=missing)
    return reason, removed_by
