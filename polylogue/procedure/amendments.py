"""Chapter 5, amendments: proposed to a revision, accepted by the sponsors, or withdrawn."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure import guards
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.state import Amendment
from polylogue.vocabulary import AmendmentId, AmendmentState, TextState


def propose_amendment(m: Matter, c: c.ProposeAmendment) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    m.fresh_revision(c.revision, provision, path=("revision",))
    return (
        e.AmendmentProposed(
            amendment=AmendmentId(m.fresh()),
            kind=c.kind,
            provision=provision.id,
            revision=provision.revision,
            versions=m.wording(c.text, c.language),
            reason=m.said_if(c.reason, c.language, path=("reason",)),
        ),
    )


def withdraw_amendment(m: Matter, c: c.WithdrawAmendment) -> tuple[e.Event, ...]:
    amendment = _pending(m, c.amendment)
    guards.proposer(m, amendment)
    return (e.AmendmentWithdrawn(amendment=amendment.id),)


def accept_amendment(m: Matter, c: c.AcceptAmendment) -> tuple[e.Event, ...]:
    """With one sponsor, or the chair for opening text, the first acceptance is the last."""
    amendment = _pending(m, c.amendment)
    provision = m.provision(amendment.provision)
    guards.sponsor(m, provision)
    m.fresh_revision(amendment.revision, provision, path=("amendment",))
    return (
        e.AmendmentAccepted(
            amendment=amendment.id,
            revision=provision.revision + 1,
            reopens=m.state.items[provision.item].text is TextState.BLOCKED,
        ),
    )


def _pending(m: Matter, id: AmendmentId) -> Amendment:
    amendment = m.amendment(id)
    if amendment.state is not AmendmentState.PENDING:
        raise m.refuse(RefusalCode.AMENDMENT_NOT_PENDING, path=("amendment",), state=amendment.state)
    return amendment
