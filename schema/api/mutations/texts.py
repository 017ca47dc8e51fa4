"""Mutations on the negotiating text: clauses, alternatives, amendments, drafts, circulation."""

from polylogue import commands as c
from schema.api.mutations.command import mutation
from schema.api.mutations.things import (
    ALTERNATIVE,
    AMENDED,
    AMENDMENT_THING,
    DRAFT,
    DRAFT_REQUEST,
    ITEM,
    PROVISION_THING,
    ROUND_THING,
)

FIELDS = (
    mutation(c.ProposeProvision, PROVISION_THING),
    mutation(c.WithdrawProvision, PROVISION_THING),
    mutation(c.JoinSponsors, PROVISION_THING),
    mutation(c.LeaveSponsors, PROVISION_THING),
    mutation(c.ProvideVersion, PROVISION_THING),
    mutation(c.ConfirmVersion, PROVISION_THING),
    mutation(c.ProposeAlternative, ALTERNATIVE, PROVISION_THING),
    mutation(c.CloseBracket, PROVISION_THING),
    mutation(c.MergeBrackets, PROVISION_THING),
    mutation(c.SplitBracket, PROVISION_THING),
    mutation(c.ReopenBracket, PROVISION_THING),
    mutation(c.ProposeAmendment, AMENDMENT_THING),
    mutation(c.ReviseAmendment, AMENDMENT_THING),
    mutation(c.AcceptAmendment, AMENDMENT_THING, AMENDED),
    mutation(c.WithdrawAmendment, AMENDMENT_THING),
    mutation(c.RequestDraft, DRAFT_REQUEST),
    mutation(c.TableDraft, DRAFT),
    mutation(c.ProposeCandidates, DRAFT),
    mutation(c.RankCandidates, ROUND_THING),
    mutation(c.AnswerCandidate, ROUND_THING),
    mutation(c.TakeCandidate, ROUND_THING, ITEM),
    mutation(c.CirculateText, ITEM),
    mutation(c.CleanText, ITEM),
    mutation(c.ReopenText, ITEM),
)
