"""Seat people: join cards and who came in by them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "d3e8b5a1c604"
down_revision: str | None = "c1a0f4e2d801"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # join cards
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("seats", sa.String(), nullable=False),
        sa.Column("reusable", sa.Boolean(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issue_key", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("issued_at", sa.String(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_invitation_code", "invitation", ["code"], unique=True)
    op.create_index("ix_invitation_session", "invitation", ["session"])
    op.create_index("ix_invitation_issued_by", "invitation", ["issued_by"])
    op.create_table(
        "redemption",
        sa.Column("invitation", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("invitation", "key"),
    )
    op.create_index("ix_redemption_person", "redemption", ["person"])
    # language versions
    op.add_column("wording", sa.Column("ordinal", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("wording", sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("wording", sa.Column("fits", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("objection", sa.Column("version", sa.String(), nullable=True))
    # authors
    op.add_column("provision", sa.Column("authors", sa.String(), nullable=False, server_default="[]"))
    op.add_column("alternative", sa.Column("others", sa.String(), nullable=False, server_default="[]"))
    # corrections
    op.add_column("objection", sa.Column("words_seq", sa.BigInteger(), nullable=True))
    op.add_column("objection", sa.Column("words_pointer", sa.String(), nullable=True))
    op.add_column("opinion", sa.Column("pointer", sa.String(), nullable=False, server_default=""))
    op.add_column("position_revision", sa.Column("pointer", sa.String(), nullable=False, server_default=""))
    op.add_column("position_revision", sa.Column("interests_pointer", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "rescission",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "decision"),
    )


def downgrade() -> None:
    # corrections
    op.drop_table("rescission")
    with op.batch_alter_table("position_revision") as table:
        table.drop_column("interests_pointer")
        table.drop_column("pointer")
    with op.batch_alter_table("opinion") as table:
        table.drop_column("pointer")
    with op.batch_alter_table("objection") as table:
        table.drop_column("words_pointer")
        table.drop_column("words_seq")
    # authors
    with op.batch_alter_table("alternative") as table:
        table.drop_column("others")
    with op.batch_alter_table("provision") as table:
        table.drop_column("authors")
    # language versions
    with op.batch_alter_table("objection") as table:
        table.drop_column("version")
    with op.batch_alter_table("wording") as table:
        table.drop_column("fits")
        table.drop_column("stale")
        table.drop_column("ordinal")
    # join cards
    op.drop_index("ix_redemption_person", "redemption")
    op.drop_table("redemption")
    for name in ("ix_invitation_issued_by", "ix_invitation_session", "ix_invitation_code"):
        op.drop_index(name, "invitation")
    op.drop_table("invitation")
