"""Keep what drafting rests on: sponsors, the targets of amendments, brackets, candidates."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c1a0f4e2d801"
down_revision: str | None = "b7d41c90e25a"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # amendments
    op.add_column("provision", sa.Column("sponsors", sa.String(), nullable=False, server_default="[]"))
    op.add_column("amendment", sa.Column("item", sa.String(), nullable=False, server_default=""))
    op.add_column("amendment", sa.Column("provision_kind", sa.String(), nullable=False, server_default="OPERATIVE"))
    op.add_column("amendment", sa.Column("after", sa.String(), nullable=True))
    op.add_column("amendment", sa.Column("amends", sa.String(), nullable=True))
    op.add_column("amendment", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("amendment", sa.Column("accepted_by", sa.String(), nullable=False, server_default="[]"))
    op.create_index("ix_amendment_item", "amendment", ["item"])
    # brackets
    op.add_column("provision", sa.Column("regions", sa.String(), nullable=False, server_default="[]"))
    op.add_column("provision", sa.Column("brackets_seq", sa.BigInteger(), nullable=True))
    op.add_column("alternative", sa.Column("of", sa.String(), nullable=False, server_default="[]"))
    op.create_table(
        "bracket_act",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq"),
    )
    op.create_index("ix_bracket_act_provision", "bracket_act", ["provision"])
    # rounds
    op.add_column("draft_request", sa.Column("candidates", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("draft_request", sa.Column("writer", sa.String(), nullable=False, server_default="RULES"))
    op.create_table(
        "round",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("stop", sa.String(), nullable=True),
        sa.Column("choice_seq", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.String(), nullable=True),
        sa.Column("taken_seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("session", "draft"),
    )
    op.create_index("ix_round_item", "round", ["item"])
    op.create_table(
        "ranking",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "draft", "seat"),
    )
    op.create_table(
        "candidate_answer",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "draft", "seat", "wording"),
    )
    # writers
    op.create_table(
        "writing",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq"),
    )
    op.create_index("ix_writing_request", "writing", ["request"])


def downgrade() -> None:
    # writers
    op.drop_index("ix_writing_request", "writing")
    op.drop_table("writing")
    # rounds
    op.drop_table("candidate_answer")
    op.drop_table("ranking")
    op.drop_index("ix_round_item", "round")
    op.drop_table("round")
    with op.batch_alter_table("draft_request") as table:
        table.drop_column("writer")
        table.drop_column("candidates")
    # brackets
    op.drop_table("bracket_act")
    with op.batch_alter_table("alternative") as table:
        table.drop_column("of")
    with op.batch_alter_table("provision") as table:
        table.drop_column("brackets_seq")
        table.drop_column("regions")
    # amendments
    op.drop_index("ix_amendment_item", "amendment")
    with op.batch_alter_table("amendment") as table:
        for name in ("accepted_by", "edition", "amends", "after", "provision_kind", "item"):
            table.drop_column(name)
    with op.batch_alter_table("provision") as table:
        table.drop_column("sponsors")
