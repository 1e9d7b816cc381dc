"""Monitoring: the form filled from the journal, the coloured copy of a refused one"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('monitoring_attempt', sa.Column('marked', sa.LargeBinary(), nullable=True))
    op.create_table(
        'monitoring_filled',
        sa.Column('participation_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('findings', sa.Text(), nullable=False),
        sa.Column('spans', sa.Text(), nullable=False),
        sa.Column('xls_size', sa.Integer(), nullable=False),
        sa.Column('xlsx_size', sa.Integer(), nullable=False),
        sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'],
            name=op.f('fk_monitoring_filled_organisation_id_organisation'),
        ),
        sa.ForeignKeyConstraint(
            ['participation_id'], ['participation.id'],
            name=op.f('fk_monitoring_filled_participation_id_participation'),
        ),
        sa.PrimaryKeyConstraint('participation_id', name=op.f('pk_monitoring_filled')),
    )


def downgrade() -> None:
    op.drop_table('monitoring_filled')
    op.drop_column('monitoring_attempt', 'marked')
