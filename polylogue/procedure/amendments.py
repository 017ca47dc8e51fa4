"""Chapter 5, amendments: proposed to a clause or an amendment, revised, accepted by the sponsors, or withdrawn."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.collisions import rebased
from polylogue.footing import ON_WORDS, accepting, falling, footing, outdated, standing
from polylogue.procedure import guards, order
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.rules.ruleset import Guard
from polylogue.state import Amendment, Item, Provision, Wording
from polylogue.vocabulary import AmendmentId, AmendmentKind, AmendmentState, ItemId, LanguageTag, ProvisionId, TextState

WORDED = (AmendmentKind.REPLACE, AmendmentKind.INSERT_AFTER)
"""Kinds that bring a wording of their own."""

PLACED = (AmendmentKind.INSERT_AFTER, AmendmentKind.MOVE)
"""Kinds that say where a clause is to stand."""


def propose_amendment(m: Matter, c: c.ProposeAmendment) -> tuple[e.Event, ...]:
    _fits(m, c)
    parent = _pending(m, c.amendment) if c.amendment else None
    if parent:
        item, provision, revision = m.item(parent.item), parent.provision, _edition(m, c.revision, parent)
    elif c.kind is AmendmentKind.INSERT_AFTER:
        item, provision, revision = _beside(m, c), ProvisionId(m.fresh()), 0
        m.within(m.state.in_text(item), path=("after",), beside=1)
        order.in_form(m, item, c.provision_kind, c.after)
    else:
        of = _named(m, c)
        item, provision, revision = m.item(of.item), of.id, of.revision
        m.fresh_revision(c.revision, of, path=("revision",))
    if c.kind is AmendmentKind.MOVE:
        _moves(m, item, provision, c.after)
    language = c.language or m.state.working
    versions = m.wording(c.text or "", language) if c.kind in WORDED else ()
    if parent:
        m.differs(versions, parent.wording)
    elif c.kind is AmendmentKind.REPLACE:
        m.differs(versions, m.state.provisions[provision].wording)
    return (
        e.AmendmentProposed(
            amendment=AmendmentId(m.fresh()),
            item=item.id,
            kind=c.kind,
            provision=provision,
            provision_kind=c.provision_kind,
            revision=revision,
            after=c.after,
            amends=c.amendment,
            versions=versions,
            reason=m.said_if(c.reason, language, path=("reason",)),
        ),
    )


def revise_amendment(m: Matter, c: c.ReviseAmendment) -> tuple[e.Event, ...]:
    amendment = _pending(m, c.amendment)
    guards.proposer(m, amendment)
    if amendment.kind not in WORDED and c.text is not None:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("text",), kind=amendment.kind, surplus="text")
    if amendment.kind is AmendmentKind.MOVE:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("amendment",), kind=amendment.kind, missing="text")
    stands = standing(m.state, amendment)
    if c.revision is not None and c.revision != stands:
        raise Refused(m.conflict(RefusalCode.REVISION_STALE, stands, c.revision, path=("revision",)))
    same = amendment.revision == stands
    if c.text is None and (same or amendment.kind is AmendmentKind.INSERT_AFTER):
        raise m.refuse(RefusalCode.WORDING_UNCHANGED, path=("text",))
    versions: tuple[e.Version, ...] = ()
    if amendment.kind in WORDED:
        own = amendment.wording[0].language
        versions = (
            m.wording(_carried_over(m, amendment), own) if c.text is None else m.wording(c.text, c.language or own)
        )
        m.differs(versions, (*footing(m.state, amendment), *(amendment.wording if same else ())))
    return (
        e.AmendmentRevised(amendment=amendment.id, revision=stands, edition=amendment.edition + 1, versions=versions),
    )


def withdraw_amendment(m: Matter, c: c.WithdrawAmendment) -> tuple[e.Event, ...]:
    amendment = _pending(m, c.amendment)
    guards.proposer(m, amendment)
    return (e.AmendmentWithdrawn(amendment=amendment.id, lapsed=falling(m.state, amendment=amendment.id)),)


def accept_amendment(m: Matter, c: c.AcceptAmendment) -> tuple[e.Event, ...]:
    """The last sponsor's acceptance makes the change. Where it waited only for one that has left, any of the others
    says once more that it is to be made.
    """
    amendment = _pending(m, c.amendment)
    sponsors = accepting(m.state, amendment)
    guards.sponsor(m, sponsors)
    waited_for = set(sponsors) - amendment.accepted_by
    if waited_for and m.acting.seat in amendment.accepted_by:
        raise m.refuse(
            RefusalCode.ALREADY_ACCEPTED,
            path=("amendment",),
            waiting=", ".join(s or "CHAIR" for s in sponsors if s in waited_for),
        )
    revision, edition = _reworded(m, amendment)
    final = waited_for <= {m.acting.seat} or not m.guards(Guard.SPONSOR)
    item = m.item(amendment.item)
    if not amendment.amends:
        order.anchored(m, amendment.after)
    if amendment.kind is AmendmentKind.INSERT_AFTER and not amendment.amends:
        m.within(m.state.in_text(item), path=("amendment",), beside=1)
        order.in_form(m, item, amendment.provision_kind, amendment.after, path=("amendment",))
    if amendment.kind is AmendmentKind.MOVE:
        _moves(m, item, amendment.provision, amendment.after)
    leaves = amendment.provision if amendment.kind is AmendmentKind.DELETE else None
    return (
        e.AmendmentAccepted(
            amendment=amendment.id,
            final=final,
            revision=revision if final else None,
            edition=edition if final else None,
            lapsed=falling(m.state, provision=leaves, amendment=amendment.id) if final else (),
            reopens=final and not amendment.amends and item.text is TextState.BLOCKED,
        ),
    )


def _reworded(m: Matter, amendment: Amendment) -> tuple[int | None, int | None]:
    """The next revision of the clause and the next edition of the amendment that acceptance brings, as the case is."""
    stands = standing(m.state, amendment)
    if outdated(m.state, amendment):
        raise Refused(m.conflict(RefusalCode.REVISION_STALE, stands, amendment.revision, path=("amendment",)))
    if amendment.amends:
        return None, stands + 1
    return (stands + 1 if amendment.kind is AmendmentKind.REPLACE else None), None


# ── what is named ────────────────────────────────────────────────────────────────────────────────────────────────────


def _fits(m: Matter, c: c.ProposeAmendment) -> None:
    """Refuse an amendment that names what its kind does not have, or lacks what it must have."""
    kind = AmendmentKind.REPLACE if c.amendment else c.kind
    if c.kind is not kind:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("kind",), kind=c.kind, surplus="amendment")
    inserts = kind is AmendmentKind.INSERT_AFTER
    has = {
        "provision": not inserts and not c.amendment,
        "after": kind in PLACED,
        "text": kind in WORDED,
        "revision": not inserts,
        "item": inserts and c.after is None,
    }
    for name, fits in has.items():
        if getattr(c, name) is not None and not fits:
            raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=(name,), kind=kind, surplus=name)
    needs = {"provision", "item", *(("revision",) if kind in ON_WORDS else ())}
    for name in (name for name, fits in has.items() if fits and name in needs):
        if getattr(c, name) is None:
            raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=(name,), kind=kind, missing=name)


def _named(m: Matter, c: c.ProposeAmendment) -> Provision:
    return m.provision(c.provision or ProvisionId(""))


def _beside(m: Matter, c: c.ProposeAmendment) -> Item:
    """The item into which a clause is to be inserted."""
    return m.item(m.provision(c.after, path=("after",)).item) if c.after else m.item(c.item or ItemId(""))


def _edition(m: Matter, given: int | None, parent: Amendment) -> int:
    """The edition of the amendment to be amended: of one that brings a wording, and is not itself to an amendment."""
    if parent.amends:
        raise m.refuse(RefusalCode.AMENDMENT_DEPTH, path=("amendment",))
    if parent.kind not in WORDED:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("amendment",), kind=parent.kind, surplus="amendment")
    if given != parent.edition:
        raise Refused(m.conflict(RefusalCode.REVISION_STALE, parent.edition, given or 0, path=("revision",)))
    return parent.edition


def _moves(m: Matter, item: Item, provision: ProvisionId, after: ProvisionId | None) -> None:
    """Refuse to move a clause behind itself, behind one that is not in this text, to where it stands, or out of the
    preamble or into it.
    """
    clause = m.state.provisions[provision]
    if after == provision:
        raise m.refuse(RefusalCode.ORDER_UNCHANGED, path=("after",), itself=m.clause(clause))
    if after is not None and m.provision(after, path=("after",)).item != item.id:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("after",), kind="provision", id=after)
    in_text = [p.id for p in m.state.in_text(item)]
    place = in_text.index(provision)
    before = item.provisions[: item.provisions.index(after) + 1] if after else []
    standing_before = [id for id in in_text if id in before and id != provision]
    if standing_before == in_text[:place]:
        raise m.refuse(RefusalCode.ORDER_UNCHANGED, path=("after",))
    order.in_form(m, item, clause.kind, after)


def _pending(m: Matter, id: AmendmentId) -> Amendment:
    amendment = m.amendment(id)
    if amendment.state is not AmendmentState.PENDING:
        raise m.refuse(RefusalCode.AMENDMENT_NOT_PENDING, path=("amendment",), state=amendment.state)
    return amendment


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _carried_over(m: Matter, amendment: Amendment) -> str:
    """The amendment's changes made in the present wording."""
    language = amendment.wording[0].language
    wordings = (amendment.base, footing(m.state, amendment), amendment.wording)
    base, now, wanted = (_words(m, wording, language) for wording in wordings)
    if base is None or now is None or wanted is None or (found := rebased(base, now, wanted, language)) is None:
        raise m.refuse(RefusalCode.AMENDMENT_OVERLAPS, path=("text",))
    return found


def _words(m: Matter, wording: Wording, language: LanguageTag) -> str | None:
    """A wording in a language; nothing where there is none in it, or it is erased."""
    return next((m.occasion.prose(v.seq, v.pointer) for v in wording if v.language == language), None)
