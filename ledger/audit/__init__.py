"""Checking a record against itself and against everything that was made from it (docs/record.md, replay).

Why from the stored bytes alone: an audit that trusted a state in memory, a cached hash or a projection would find what
the server believes, not what is there.
"""

from ledger.audit.finding import Finding
from ledger.audit.recompute import Recompute, recompute
from ledger.audit.session import audit_all, audit_session, is_id, sessions

__all__ = ["Finding", "Recompute", "audit_all", "audit_session", "is_id", "recompute", "sessions"]
