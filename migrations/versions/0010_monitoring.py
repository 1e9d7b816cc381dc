"""Regional monitoring: procedures, participations, attempts, submissions, publications"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('procedure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('year', sa.String(length=9), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('form_schema', sa.String(length=20), nullable=False),
    sa.Column('form_version', sa.String(length=20), nullable=False),
    sa.Column('thresholds', sa.Text(), nullable=False),
    sa.Column('mandatory', sa.Boolean(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('opens_at < closes_before', name=op.f('ck_procedure_window')),
    sa.ForeignKeyConstraint(['centre_id'], ['organisation.id'], name=op.f('fk_procedure_centre_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure'))
    )
    op.create_index(op.f('ix_procedure_centre_id'), 'procedure', ['centre_id'], unique=False)
    op.create_table('participation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=False),
    sa.Column('request', sa.String(length=10), nullable=False),
    sa.Column('extended_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extension_reason', sa.Text(), nullable=True),
    sa.Column('responsible_person_id', sa.Integer(), nullable=True),
    sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("request in ('none','requested','approved','declined','withdrawn')", name=op.f('ck_participation_request')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_participation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_participation_procedure_id_procedure')),
    sa.ForeignKeyConstraint(['responsible_person_id'], ['person.id'], name=op.f('fk_participation_responsible_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation')),
    sa.UniqueConstraint('procedure_id', 'organisation_id', name=op.f('uq_participation_procedure_id_organisation_id'))
    )
    op.create_index(op.f('ix_participation_responsible_person_id'), 'participation', ['responsible_person_id'], unique=False)
    op.create_index('ix_participation_school', 'participation', ['organisation_id', 'procedure_id'], unique=False)
    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('procedure_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('release_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['centre_id'], ['organisation.id'], name=op.f('fk_publication_centre_id_organisation')),
    sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f('fk_publication_procedure_id_procedure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication'))
    )
    op.create_index(op.f('ix_publication_centre_id'), 'publication', ['centre_id'], unique=False)
    op.create_index(op.f('ix_publication_procedure_id'), 'publication', ['procedure_id'], unique=False)
    op.create_table('delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('appointed_by', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_delegation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_delegation_participation_id_participation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_delegation_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation'))
    )
    op.create_index(op.f('ix_delegation_participation_id'), 'delegation', ['participation_id'], unique=False)
    op.create_table('monitoring_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=True),
    sa.Column('file_size', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('content', sa.Text(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('sender', sa.String(length=200), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('processed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('findings', sa.Text(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind in ('file','table')", name=op.f('ck_monitoring_attempt_kind')),
    sa.CheckConstraint("state in ('received','accepted','refused')", name=op.f('ck_monitoring_attempt_state')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_monitoring_attempt_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_monitoring_attempt_participation_id_participation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_attempt'))
    )
    op.create_index(op.f('ix_monitoring_attempt_participation_id'), 'monitoring_attempt', ['participation_id'], unique=False)
    op.create_index(op.f('ix_monitoring_attempt_state'), 'monitoring_attempt', ['state'], unique=False)
    op.create_table('monitoring_draft',
    sa.Column('participation_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_monitoring_draft_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_monitoring_draft_participation_id_participation')),
    sa.PrimaryKeyConstraint('participation_id', name=op.f('pk_monitoring_draft'))
    )
    op.create_table('publication_material',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('stored_file_id', sa.Integer(), nullable=False),
    sa.Column('release_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_publication_material_publication_id_publication')),
    sa.ForeignKeyConstraint(['stored_file_id'], ['stored_file.id'], name=op.f('fk_publication_material_stored_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_material'))
    )
    op.create_index(op.f('ix_publication_material_publication_id'), 'publication_material', ['publication_id'], unique=False)
    op.create_table('submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participation_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('form_schema', sa.String(length=20), nullable=False),
    sa.Column('form_version', sa.String(length=20), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['monitoring_attempt.id'], name=op.f('fk_submission_attempt_id_monitoring_attempt')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_submission_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['participation_id'], ['participation.id'], name=op.f('fk_submission_participation_id_participation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_submission_attempt_id')),
    sa.UniqueConstraint('participation_id', 'number', name=op.f('uq_submission_participation_id_number'))
    )


def downgrade() -> None:
    op.drop_table('submission')
    op.drop_index(op.f('ix_publication_material_publication_id'), table_name='publication_material')
    op.drop_table('publication_material')
    op.drop_table('monitoring_draft')
    op.drop_index(op.f('ix_monitoring_attempt_state'), table_name='monitoring_attempt')
    op.drop_index(op.f('ix_monitoring_attempt_participation_id'), table_name='monitoring_attempt')
    op.drop_table('monitoring_attempt')
    op.drop_index(op.f('ix_delegation_participation_id'), table_name='delegation')
    op.drop_table('delegation')
    op.drop_index(op.f('ix_publication_procedure_id'), table_name='publication')
    op.drop_index(op.f('ix_publication_centre_id'), table_name='publication')
    op.drop_table('publication')
    op.drop_index('ix_participation_school', table_name='participation')
    op.drop_index(op.f('ix_participation_responsible_person_id'), table_name='participation')
    op.drop_table('participation')
    op.drop_index(op.f('ix_procedure_centre_id'), table_name='procedure')
    op.drop_table('procedure')
