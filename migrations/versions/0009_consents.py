"""Consents of staff, consents withdrawn"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = (
    ("staff_member", "consent_on"),
    ("staff_member", "consent_withdrawn_on"),
    ("pupil", "consent_withdrawn_on"),
    ("guardian_link", "consent_withdrawn_on"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Date()))


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column)
