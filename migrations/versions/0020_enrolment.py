"""Schools apply for a cabinet of the monitoring; the centre's public words"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('monitoring_site',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('about', sa.Text(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_monitoring_site_organisation_id_organisation')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_site')),
        sa.UniqueConstraint('organisation_id', name=op.f('uq_monitoring_site_organisation_id'))
    )
    op.create_table('monitoring_enrolment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('type_name', sa.String(length=200), nullable=False),
        sa.Column('full_name', sa.String(length=500), nullable=False),
        sa.Column('short_name', sa.String(length=200), nullable=False),
        sa.Column('municipality', sa.String(length=200), nullable=False),
        sa.Column('website', sa.String(length=200), nullable=True),
        sa.Column('surname', sa.String(length=100), nullable=False),
        sa.Column('given_name', sa.String(length=100), nullable=False),
        sa.Column('patronymic', sa.String(length=100), nullable=True),
        sa.Column('position', sa.String(length=200), nullable=False),
        sa.Column('phone', sa.String(length=60), nullable=False),
        sa.Column('email', sa.String(length=200), nullable=False),
        sa.Column('basis', sa.String(length=300), nullable=False),
        sa.Column('key_sha256', sa.String(length=64), nullable=True),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decided_by', sa.String(length=200), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('school_id', sa.Integer(), nullable=True),
        sa.Column('coordinator_id', sa.Integer(), nullable=True),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'approved') = (school_id is not null)", name=op.f('ck_monitoring_enrolment_school')),
        sa.CheckConstraint("state in ('waiting','approved','declined')", name=op.f('ck_monitoring_enrolment_state')),
        sa.ForeignKeyConstraint(['coordinator_id'], ['person.id'], name=op.f('fk_monitoring_enrolment_coordinator_id_person')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_monitoring_enrolment_organisation_id_organisation')),
        sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_monitoring_enrolment_school_id_organisation')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_enrolment')),
        sa.UniqueConstraint('key_sha256', name=op.f('uq_monitoring_enrolment_key_sha256')),
        sa.UniqueConstraint('school_id', name=op.f('uq_monitoring_enrolment_school_id'))
    )
    op.create_index(op.f('ix_monitoring_enrolment_code'), 'monitoring_enrolment', ['code'], unique=False)
    op.create_index(op.f('ix_monitoring_enrolment_state'), 'monitoring_enrolment', ['state'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_monitoring_enrolment_state'), table_name='monitoring_enrolment')
    op.drop_index(op.f('ix_monitoring_enrolment_code'), table_name='monitoring_enrolment')
    op.drop_table('monitoring_enrolment')
    op.drop_table('monitoring_site')
