"""Chapter 5, brackets: another wording beside the present one, and the choice between them."""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure import guards
from polylogue.procedure.matter import ALTERNATIVES_LIMIT, Matter
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import AlternativeId, ProvisionState, TextState


def propose_alternative(m: Matter, c: c.ProposeAlternative) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    m.fresh_revision(c.if_revision, provision)
    m.within(provision.alternatives, path=("provision",), beside=1, limit=ALTERNATIVES_LIMIT)
    return (
        e.AlternativeProposed(
            alternative=AlternativeId(m.fresh()),
            provision=provision.id,
            revision=provision.revision,
            versions=m.wording(c.text, c.language),
            reopens=m.state.items[provision.item].text is TextState.BLOCKED,
        ),
    )


def close_bracket(m: Matter, c: c.CloseBracket) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    if provision.state is not ProvisionState.BRACKETED:
        raise m.refuse(RefusalCode.NOT_BRACKETED, path=("provision",), state=provision.state)
    m.fresh_revision(c.if_revision, provision)
    chosen = m.alternative(c.alternative, provision) if c.alternative else None
    guards.not_objected(m, provision, chosen)
    return (e.BracketClosed(provision=provision.id, alternative=c.alternative, revision=provision.revision + 1),)
