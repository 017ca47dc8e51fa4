"""Chapter 5, texts: clauses, and the life of a text up to the call."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.footing import falling
from polylogue.procedure import guards, order
from polylogue.procedure.matter import Matter
from polylogue.procedure.time import later
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import AmendmentState, ProvisionId


def propose_provision(m: Matter, c: c.ProposeProvision) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    m.within(m.state.in_text(item), path=("item",), beside=1)
    if c.after and m.provision(c.after, path=("after",)).item != item.id:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("after",), kind="provision", id=c.after)
    if c.after:
        order.in_form(m, item, c.kind, c.after)
    return (
        e.ProvisionProposed(
            provision=ProvisionId(m.fresh()),
            item=item.id,
            kind=c.kind,
            after=c.after,
            versions=m.wording(c.text, c.language),
        ),
    )


def withdraw_provision(m: Matter, c: c.WithdrawProvision) -> tuple[e.Event, ...]:
    guards.sponsor(m, (m.provision(c.provision).sponsor,))
    return (e.ProvisionWithdrawn(provision=c.provision, lapsed=falling(m.state, provision=c.provision)),)


def join_sponsors(m: Matter, c: c.JoinSponsors) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    if not provision.sponsors:
        raise m.refuse(RefusalCode.SPONSORED_BY_CHAIR, path=("provision",))
    if m.seat in provision.sponsors:
        raise m.refuse(RefusalCode.ALREADY_SPONSOR, path=("provision",), seat=m.seat)
    return (e.SponsorJoined(provision=provision.id),)


def leave_sponsors(m: Matter, c: c.LeaveSponsors) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    if m.seat not in provision.sponsors:
        raise m.refuse(RefusalCode.NOT_SPONSOR, path=("provision",), sponsor=", ".join(provision.sponsors) or "CHAIR")
    return (e.SponsorLeft(provision=provision.id),)


def circulate(m: Matter, c: c.CirculateText) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    guards.provision_left(m, item)
    return (e.TextCirculated(item=item.id, callable_from=later(m.occasion.at, item.circulation_ms)),)


def clean(m: Matter, c: c.CleanText) -> tuple[e.Event, ...]:
    item = m.item(c.item)
    guards.provision_left(m, item)
    guards.no_bracket(m, item)
    guards.supported(m, item)
    guards.authentic_versions(m, item)
    pending = (a for a in m.state.amendments.values() if a.state is AmendmentState.PENDING)
    return (e.TextCleaned(item=item.id, lapsed=tuple(a.id for a in pending if a.item == item.id)),)


def reopen(m: Matter, c: c.ReopenText) -> tuple[e.Event, ...]:
    return (e.TextReopened(item=c.item, reason=m.said_if(c.reason, c.language, path=("reason",))),)
