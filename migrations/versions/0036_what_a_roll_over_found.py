"""What the roll-over of a year found, so that undoing leaves it there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("year_turn", sa.Column("before", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("year_turn", "before")
