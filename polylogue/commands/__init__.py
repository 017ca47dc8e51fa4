"""Commands: what somebody asks to be done in a session, in the imperative.

Why plain frozen values: the API's inputs are made from these classes, so a command is written once. Session, seat,
idempotency key and the expected place in the record belong to the occasion, not to the command.
"""

from polylogue.commands.agenda import AddItem, DeferItem, OpenItem, RecordRollCall
from polylogue.commands.amendments import AcceptAmendment, ProposeAmendment, WithdrawAmendment
from polylogue.commands.brackets import CloseBracket, ProposeAlternative
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
from polylogue.commands.texts import CirculateText, CleanText, ProposeProvision, ReopenText, WithdrawProvision

__all__ = [
    "AcceptAmendment",
    "AddItem",
    "AdmitPerson",
    "CallForConsensus",
    "CirculateText",
    "CleanText",
    "CloseBracket",
    "CloseCall",
    "CloseSession",
    "Command",
    "DeferItem",
    "DismissPerson",
    "DraftSource",
    "DraftedAlternative",
    "DraftedClause",
    "MaintainObjection",
    "OpenItem",
    "OpenSession",
    "PlaceOpinionOnRecord",
    "PostPosition",
    "ProposeAlternative",
    "ProposeAmendment",
    "ProposeProvision",
    "RaiseObjection",
    "RecordRollCall",
    "ReopenSession",
    "ReopenText",
    "RequestDraft",
    "ResumeSession",
    "ScheduleSession",
    "SealSession",
    "StanceGiven",
    "StateStances",
    "SuspendSession",
    "TableDraft",
    "Translation",
    "WithdrawAmendment",
    "WithdrawObjection",
    "WithdrawProvision",
]
