"""Marks of a pupil by when they were entered"""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_mark_news", "mark", ["pupil_id", "entered_at"])
    op.drop_index("ix_mark_pupil", "mark")


def downgrade() -> None:
    op.create_index("ix_mark_pupil", "mark", ["pupil_id", "work_id"])
    op.drop_index("ix_mark_news", "mark")
