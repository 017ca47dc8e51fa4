"""What Alembic runs around the steps: on the connection handed in, one migrating process at a time.

Why a timeout on locks: a step that waits for a table makes everybody else wait behind it; better it fails and is tried
again.
"""

from alembic import context

from schema.tables import Event

LOCK_TIMEOUT = "5s"
MIGRATING = 0x706F6C79  # a number of ours among the advisory locks of the database

connection = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("run the steps through migrations.upgrade or migrations.migrate, which open a connection")
if connection.dialect.name == "postgresql":
    # servers that start together take turns, however long it takes; on SQLite BEGIN IMMEDIATE does the same
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
context.configure(connection=connection, target_metadata=Event.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
