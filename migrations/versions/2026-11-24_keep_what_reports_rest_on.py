"""Keep with a report what it was computed from and what is drawn from its figures, and have all computed anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3f0c6a2d91be"
down_revision: str | None = "96b553bd72c5"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("report", sa.Column("input", sa.String(), nullable=True))
    op.add_column("report", sa.Column("pictures", sa.String(), nullable=True))
    # Points of a timeline now say who moved; with no progress kept, the workers compute everything once more.
    op.execute("DELETE FROM timeline")
    op.execute("DELETE FROM progress")


def downgrade() -> None:
    with op.batch_alter_table("report") as table:
        table.drop_column("pictures")
        table.drop_column("input")
