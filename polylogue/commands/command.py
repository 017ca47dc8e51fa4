"""The union of all commands, for exhaustive matching."""

from polylogue.commands.agenda import AddItem, DeferItem, OpenItem, RecordRollCall
from polylogue.commands.amendments import AcceptAmendment, ProposeAmendment, WithdrawAmendment
from polylogue.commands.brackets import CloseBracket, ProposeAlternative
from polylogue.commands.decisions import (
    CallForConsensus,
    CloseCall,
    MaintainObjection,
    PlaceOpinionOnRecord,
    RaiseObjection,
    WithdrawObjection,
)
from polylogue.commands.drafts import RequestDraft, TableDraft
from polylogue.commands.positions import PostPosition, StateStances
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

Command = (
    ScheduleSession
    | AdmitPerson
    | DismissPerson
    | OpenSession
    | SuspendSession
    | ResumeSession
    | CloseSession
    | ReopenSession
    | SealSession
    | RecordRollCall
    | AddItem
    | OpenItem
    | DeferItem
    | PostPosition
    | StateStances
    | ProposeProvision
    | WithdrawProvision
    | ProposeAlternative
    | CloseBracket
    | ProposeAmendment
    | AcceptAmendment
    | WithdrawAmendment
    | RequestDraft
    | TableDraft
    | CirculateText
    | CleanText
    | ReopenText
    | CallForConsensus
    | RaiseObjection
    | MaintainObjection
    | WithdrawObjection
    | PlaceOpinionOnRecord
    | CloseCall
)
