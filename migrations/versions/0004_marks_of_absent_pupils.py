"""Whether a pupil absent from a lesson may have a mark in it, by the school's rule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A school that has not decided allows it, as before."""
    op.add_column(
        "edit_policy",
        sa.Column("mark_with_absence", sa.Boolean(), nullable=False, server_default=sa.true()),
    )


def downgrade() -> None:
    """The rule is forgotten."""
    op.drop_column("edit_policy", "mark_with_absence")
