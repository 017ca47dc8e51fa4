"""Keep public consultations beside sessions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b7d41c90e25a"
down_revision: str | None = "3f0c6a2d91be"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("matrix", sa.LargeBinary(), nullable=False),
        sa.Column("texts", sa.String(), nullable=False),
        sa.Column("grouping", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.Column("points", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consultation_session", "consultation", ["session"])


def downgrade() -> None:
    op.drop_table("consultation")
