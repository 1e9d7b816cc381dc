"""Unlocks of single lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was asked for before is for all lessons of its days."""
    op.add_column("unlock", sa.Column("lessons", sa.Text(), nullable=False, server_default=""))
    op.add_column("unlock", sa.Column("asked_lessons", sa.Text()))


def downgrade() -> None:
    """The days that the lessons span are left."""
    with op.batch_alter_table("unlock") as table:
        table.drop_column("asked_lessons")
        table.drop_column("lessons")
