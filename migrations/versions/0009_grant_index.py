"""The log by the number of a grant: what was entered under an unlock"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_GRANTED = sa.text("grant_id IS NOT NULL")


def upgrade() -> None:
    op.create_index('ix_audit_entry_grant', 'audit_entry', ['grant_id'], unique=False, sqlite_where=_GRANTED, postgresql_where=_GRANTED)


def downgrade() -> None:
    op.drop_index('ix_audit_entry_grant', table_name='audit_entry')
