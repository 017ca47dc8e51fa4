"""Make the tables, and have the database refuse to change an entry of the record or take one out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "96b553bd72c5"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


REFUSED = "the record is append-only"


def upgrade() -> None:
    op.create_table(
        "admission",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("seats", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "person"),
    )
    op.create_index("ix_admission_person", "admission", ["person"])
    op.create_table(
        "agenda_item",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("text_state", sa.String(), nullable=False),
        sa.Column("dimensions", sa.String(), nullable=False),
        sa.Column("circulation_ms", sa.Integer(), nullable=False),
        sa.Column("objection_window_ms", sa.Integer(), nullable=False),
        sa.Column("callable_from", sa.String(), nullable=True),
        sa.Column("adopted_in_sitting", sa.Integer(), nullable=True),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("deferred_seq", sa.BigInteger(), nullable=True),
        sa.Column("input_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_table(
        "alternative",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("amendment", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_alternative_provision", "alternative", ["provision"])
    op.create_table(
        "amendment",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("has_reason", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_amendment_provision", "amendment", ["provision"])
    op.create_table(
        "call",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("decision_type", sa.String(), nullable=False),
        sa.Column("concerned", sa.String(), nullable=True),
        sa.Column("eligible", sa.String(), nullable=False),
        sa.Column("objections_until", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("closed_seq", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("absent", sa.String(), nullable=True),
        sa.Column("unreachable", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_call_item", "call", ["item"])
    op.create_table(
        "decision",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=True),
        sa.Column("clauses", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_decision_item", "decision", ["item"])
    op.create_table(
        "delegation",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("session", "code"),
    )
    op.create_table(
        "draft",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_draft_item", "draft", ["item"])
    op.create_table(
        "draft_request",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_draft_request_item", "draft_request", ["item"])
    op.create_index("ix_draft_request_state", "draft_request", ["state"])
    op.create_table(
        "event",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq"),
    )
    op.create_table(
        "failure",
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("build", sa.String(), nullable=False),
        sa.Column("failed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("work"),
    )
    op.create_table(
        "head",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session"),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", "person"),
    )
    op.create_table(
        "kept",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "naming",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("pointer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "of", "language"),
    )
    op.create_table(
        "objection",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("raised", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_objection_call", "objection", ["call"])
    op.create_table(
        "opinion",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_opinion_item", "opinion", ["item"])
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "position",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_position_item", "position", ["item"])
    op.create_table(
        "position_revision",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("interests_seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("session", "position", "revision"),
    )
    op.create_table(
        "progress",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("computed_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "item"),
    )
    op.create_table(
        "prose",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("pointer", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq", "pointer"),
    )
    op.create_table(
        "provision",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sponsor", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id"),
    )
    op.create_index("ix_provision_item", "provision", ["item"])
    op.create_table(
        "report",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("basis", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("public_hash", sa.String(), nullable=False),
        sa.Column("seat_hashes", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("per_seat", sa.String(), nullable=False),
        sa.Column("beside", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "item", "algorithm", "basis"),
    )
    op.create_table(
        "reports_head",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session"),
    )
    op.create_table(
        "roll_call",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "sitting", "seat"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("rule_set_hash", sa.String(), nullable=False),
        sa.Column("conference", sa.String(), nullable=True),
        sa.Column("continues", sa.String(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("clock_scale", sa.String(), nullable=False),
        sa.Column("working", sa.String(), nullable=False),
        sa.Column("authentic", sa.String(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("scheduled_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_session_phase", "session", ["phase"])
    op.create_table(
        "sitting",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_seq", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.Column("roll_call_seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("session", "number"),
    )
    op.create_table(
        "stance",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.Column("alternative", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("if_agreed", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seat", "provision", "alternative"),
    )
    op.create_index("ix_stance_item", "stance", ["item"])
    op.create_table(
        "timeline",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "item", "seq"),
    )
    op.create_table(
        "token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("site_role", sa.String(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=True),
        sa.Column("issue_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("ix_token_person", "token", ["person"])
    op.create_table(
        "wording",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("pointer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("session", "of", "revision", "language"),
    )
    _append_only()


def _append_only() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END
            $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON event
            FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()
            """
        )
    else:
        op.execute(f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
        op.execute(f"CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
        # INSERT OR REPLACE takes the old row out without asking the trigger on DELETE
        op.execute(
            f"""
            CREATE TRIGGER event_no_replace BEFORE INSERT ON event
            WHEN EXISTS (SELECT 1 FROM event WHERE session = NEW.session AND seq = NEW.seq)
            BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
            """  # noqa: S608 -- a text of ours
        )


def downgrade() -> None:
    op.drop_table("wording")
    op.drop_table("token")
    op.drop_table("timeline")
    op.drop_table("stance")
    op.drop_table("sitting")
    op.drop_table("session")
    op.drop_table("roll_call")
    op.drop_table("reports_head")
    op.drop_table("report")
    op.drop_table("provision")
    op.drop_table("prose")
    op.drop_table("progress")
    op.drop_table("position_revision")
    op.drop_table("position")
    op.drop_table("person")
    op.drop_table("opinion")
    op.drop_table("objection")
    op.drop_table("naming")
    op.drop_table("kept")
    op.drop_table("idempotency")
    op.drop_table("head")
    op.drop_table("failure")
    op.drop_table("event")
    op.drop_table("draft_request")
    op.drop_table("draft")
    op.drop_table("delegation")
    op.drop_table("decision")
    op.drop_table("call")
    op.drop_table("amendment")
    op.drop_table("alternative")
    op.drop_table("agenda_item")
    op.drop_table("admission")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION event_refuse")
