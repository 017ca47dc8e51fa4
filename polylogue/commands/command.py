"""The union of all commands, for exhaustive matching."""

from polylogue.commands.agenda import AddItem, DeferItem, NoteArrival, NoteDeparture, OpenItem, RecordRollCall
from polylogue.commands.amendments import AcceptAmendment, ProposeAmendment, ReviseAmendment, WithdrawAmendment
from polylogue.commands.brackets import CloseBracket, MergeBrackets, ProposeAlternative, ReopenBracket, SplitBracket
from polylogue.commands.corrections import CorrectEntry, ReopenCall, RescindAdoption, StepItemBack
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
from polylogue.commands.rounds import AnswerCandidate, ProposeCandidates, RankCandidates, TakeCandidate
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
from polylogue.commands.versions import ConfirmVersion, ProvideVersion

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
    | NoteArrival
    | NoteDeparture
    | AddItem
    | OpenItem
    | DeferItem
    | StepItemBack
    | PostPosition
    | StateStances
    | ProposeProvision
    | WithdrawProvision
    | JoinSponsors
    | LeaveSponsors
    | ProvideVersion
    | ConfirmVersion
    | ProposeAlternative
    | CloseBracket
    | MergeBrackets
    | SplitBracket
    | ReopenBracket
    | ProposeAmendment
    | ReviseAmendment
    | AcceptAmendment
    | WithdrawAmendment
    | RequestDraft
    | TableDraft
    | ProposeCandidates
    | RankCandidates
    | AnswerCandidate
    | TakeCandidate
    | CirculateText
    | CleanText
    | ReopenText
    | CallForConsensus
    | RaiseObjection
    | MaintainObjection
    | WithdrawObjection
    | PlaceOpinionOnRecord
    | CloseCall
    | ReopenCall
    | RescindAdoption
    | CorrectEntry
)
