"""How the nouns are stored: the record, the projections made from it, results computed from it, access data, imports.

Why five kinds: the record is written once and never changed; a projection can be dropped and made again from it; a
result can be computed again; access data (tokens, names of people, idempotency keys) belongs to none of them and is
never compared, nor is what was imported from elsewhere.

Instants are kept as the record writes them, so that text order is time order on both databases. Lists and documents
are JSON text. A projection holds no free text, only the (seq, pointer) of its words in `prose`, so that erasing a text
is one delete.
"""

from schema.tables.access import Idempotency, Invitation, Kept, Person, Redemption, Token
from schema.tables.agenda import AgendaItem
from schema.tables.consultations import Consultation
from schema.tables.decisions import Call, Decision, Objection, Opinion, Rescission
from schema.tables.kinds import ACCESS, IMPORTED, PROJECTIONS, PROJECTIONS_VERSION, RECORD, RESULTS
from schema.tables.positions import Position, PositionRevision, Stance
from schema.tables.record import Event, Head, Prose
from schema.tables.results import Failure, Progress, Report, ReportsHead, Timeline
from schema.tables.rounds import Answer, Ranking, Round
from schema.tables.sessions import Admission, Delegation, Naming, RollCall, Session, Sitting
from schema.tables.texts import Alternative, Amendment, BracketAct, Draft, DraftRequest, Provision, Wording
from schema.tables.writers import Writing

__all__ = [
    "ACCESS",
    "IMPORTED",
    "PROJECTIONS",
    "PROJECTIONS_VERSION",
    "RECORD",
    "RESULTS",
    "Admission",
    "AgendaItem",
    "Alternative",
    "Amendment",
    "Answer",
    "BracketAct",
    "Call",
    "Consultation",
    "Decision",
    "Delegation",
    "Draft",
    "DraftRequest",
    "Event",
    "Failure",
    "Head",
    "Idempotency",
    "Invitation",
    "Kept",
    "Naming",
    "Objection",
    "Opinion",
    "Person",
    "Position",
    "PositionRevision",
    "Progress",
    "Prose",
    "Provision",
    "Ranking",
    "Redemption",
    "Report",
    "ReportsHead",
    "Rescission",
    "RollCall",
    "Round",
    "Session",
    "Sitting",
    "Stance",
    "Timeline",
    "Token",
    "Wording",
    "Writing",
]
