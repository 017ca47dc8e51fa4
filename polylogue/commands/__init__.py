"""Commands: what somebody asks to be done in a session, in the imperative.

Why plain frozen values: the API's inputs are made from these classes, so a command is written once. Session, seat,
idempotency key and the expected place in the record belong to the occasion, not to the command.
"""

from polylogue.commands.agenda import AddItem, DeferItem, OpenItem, RecordRollCall
from polylogue.commands.amendments import AcceptAmendment, ProposeAmendment, ReviseAmendment, WithdrawAmendment
from polylogue.commands.brackets import (
    CloseBracket,
    MergeBrackets,
    ProposeAlternative,
    ReopenBracket,
    SplitBracket,
    SplitPlace,
)
from polylogue.commands.command import Command
from polylogue.commands.decisions import (
    CallForConsensus,
    CloseCall,
    MaintainObjection,
    PlaceOpinionOnRecord,
    RaiseObjection,
    WithdrawObjection,
)
from polylogue.commands.drafts import DraftedAlternative, DraftedClause, DraftSource, RequestDraft, TableDraft
from polylogue.commands.positions import PostPosition, StanceGiven, StateStances, Translation
from polylogue.commands.rounds import (
    AnswerCandidate,
    AnswerGiven,
    CandidateSource,
    DraftedBallot,
    DraftedCandidate,
    DraftedPrediction,
    DraftedWording,
    ProposeCandidates,
    RankCandidates,
    TakeCandidate,
)
from polylogue.commands.sessions import (
    AdmitPerson,
    CloseSession,
    DismissPerson,
    OpenSession,
    ReopenSession,
    ResumeSession,
    ScheduleSession,
    SealSession,
    SuspendSession,
)
from polylogue.commands.texts import (
    CirculateText,
    CleanText,
    JoinSponsors,
    LeaveSponsors,
    ProposeProvision,
    ReopenText,
    WithdrawProvision,
)
from polylogue.commands.writers import Consultation, RefusedWording

__all__ = [
    "AcceptAmendment",
    "AddItem",
    "AdmitPerson",
    "AnswerCandidate",
    "AnswerGiven",
    "CallForConsensus",
    "CandidateSource",
    "CirculateText",
    "CleanText",
    "CloseBracket",
    "CloseCall",
    "CloseSession",
    "Command",
    "Consultation",
    "DeferItem",
    "DismissPerson",
    "DraftSource",
    "DraftedAlternative",
    "DraftedBallot",
    "DraftedCandidate",
    "DraftedClause",
    "DraftedPrediction",
    "DraftedWording",
    "JoinSponsors",
    "LeaveSponsors",
    "MaintainObjection",
    "MergeBrackets",
    "OpenItem",
    "OpenSession",
    "PlaceOpinionOnRecord",
    "PostPosition",
    "ProposeAlternative",
    "ProposeAmendment",
    "ProposeCandidates",
    "ProposeProvision",
    "RaiseObjection",
    "RankCandidates",
    "RecordRollCall",
    "RefusedWording",
    "ReopenBracket",
    "ReopenSession",
    "ReopenText",
    "RequestDraft",
    "ResumeSession",
    "ReviseAmendment",
    "ScheduleSession",
    "SealSession",
    "SplitBracket",
    "SplitPlace",
    "StanceGiven",
    "StateStances",
    "SuspendSession",
    "TableDraft",
    "TakeCandidate",
    "Translation",
    "WithdrawAmendment",
    "WithdrawObjection",
    "WithdrawProvision",
]
