"""Keep what drafting rests on: sponsors, the targets of amendments, brackets, candidates."""

from collections.abc import Sequence

revision: str = "c1a0f4e2d801"
down_revision: str | None = "b7d41c90e25a"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
