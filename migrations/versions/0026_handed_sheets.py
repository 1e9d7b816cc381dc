"""Weekly sheets that were handed over"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'handed_sheet',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pupil_id', sa.Integer(), nullable=False),
        sa.Column('monday', sa.Date(), nullable=False),
        sa.Column('handed_on', sa.Date(), nullable=False),
        sa.Column('entered_by', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['organisation_id'],
            ['organisation.id'],
            name=op.f('fk_handed_sheet_organisation_id_organisation'),
        ),
        sa.ForeignKeyConstraint(
            ['pupil_id'], ['pupil.id'], name=op.f('fk_handed_sheet_pupil_id_pupil')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_handed_sheet')),
        sa.UniqueConstraint(
            'pupil_id', 'monday', name=op.f('uq_handed_sheet_pupil_id_monday')
        ),
    )



def downgrade() -> None:
    op.drop_table('handed_sheet')
