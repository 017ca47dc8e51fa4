"""How the tables came to be: one dated file a step, run on SQLite and PostgreSQL alike.

Why steps and not the tables as they are now: an installation's record outlives every version of the software.
"""

from migrations.steps import current_revision, head_revision, migrate, upgrade

__all__ = ["current_revision", "head_revision", "migrate", "upgrade"]
