"""Rows made from the record, one chapter a file: what an entry changes in the tables that are read.

Why made from the state alone: an entry and the state after it give the same rows whenever they are asked, so all tables
can be dropped, made again from the record, and compared (docs/record.md, replay).
"""

from ledger.projections.project import project
from ledger.projections.rows import Rows, write_rows

__all__ = ["Rows", "project", "write_rows"]
