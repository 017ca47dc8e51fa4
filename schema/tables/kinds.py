"""The tables by kind: what may be dropped, what may be compared, what must stay."""

from schema.tables.access import Idempotency, Invitation, Kept, Person, Redemption, Token
from schema.tables.agenda import AgendaItem
from schema.tables.consultations import Consultation
from schema.tables.decisions import Call, Decision, Objection, Opinion, Rescission
from schema.tables.positions import Position, PositionRevision, Stance
from schema.tables.record import Event, Head, Prose
from schema.tables.results import Failure, Progress, Report, ReportsHead, Timeline
from schema.tables.rounds import Answer, Ranking, Round
from schema.tables.sessions import Admission, Delegation, Naming, RollCall, Session, Sitting
from schema.tables.texts import Alternative, Amendment, BracketAct, Draft, DraftRequest, Provision, Wording
from schema.tables.writers import Writing

PROJECTIONS_VERSION = 3
"""Raised when projections change in a way that needs them rebuilt."""

RECORD = (Event, Prose, Head)
PROJECTIONS = (
    Session,
    Naming,
    Delegation,
    Admission,
    Sitting,
    RollCall,
    AgendaItem,
    Provision,
    Wording,
    Alternative,
    BracketAct,
    Amendment,
    Position,
    PositionRevision,
    Stance,
    Draft,
    DraftRequest,
    Round,
    Ranking,
    Answer,
    Writing,
    Call,
    Objection,
    Opinion,
    Decision,
    Rescission,
)
RESULTS = (Report, Timeline, Progress, ReportsHead, Failure)
ACCESS = (Person, Token, Invitation, Redemption, Idempotency, Kept)
IMPORTED = (Consultation,)
