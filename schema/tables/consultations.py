"""Public consultations, imported from files that others have published."""

from sqlmodel import Field, SQLModel

from schema.tables.columns import big, primary


class Consultation(SQLModel, table=True):
    """What many people said on short statements, beside a session or beside none.

    No act of the session (docs/decisions/0011-consultations-lie-outside-the-record.md). `digest` is over the files;
    `id` follows from it and the session, so that nothing is there twice. `matrix` and `points` are packed
    (polylogue.crowd.packed), `figures` is the document of polylogue.crowd.report without points, `texts` are the
    statements' words. `grouping` tells whether the groups are the export's (EXPORT) or were found here (COMPUTED).
    """

    id: str = primary()
    session: str | None = Field(default=None, index=True)
    title: str
    language: str
    description: str
    source: str
    attribution: str | None = None
    digest: str
    participants: int
    statements: int
    votes: int = big()
    matrix: bytes
    texts: str
    grouping: str
    figures: str
    points: bytes
    imported_at: str
