"""Sums of a submission by sheet and parallel"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('submission', sa.Column('summary', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('submission', 'summary')
