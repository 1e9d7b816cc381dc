"""Letters: to families and to the administrator, with receipts and answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("about in ('behaviour','success','access','other','support')", name=op.f('ck_letter_about')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_letter_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter'))
    )
    op.create_index(op.f('ix_letter_person_id'), 'letter', ['person_id'], unique=False)
    op.create_table('letter_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_copy_letter_id_letter')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_letter_copy_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_copy_person_id_person')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_letter_copy_pupil_id_pupil')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_copy')),
    sa.UniqueConstraint('letter_id', 'person_id', 'pupil_id', name=op.f('uq_letter_copy_letter_id_person_id_pupil_id'))
    )
    op.create_index(op.f('ix_letter_copy_person_id'), 'letter_copy', ['person_id'], unique=False)
    op.create_table('letter_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('copy_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['copy_id'], ['letter_copy.id'], name=op.f('fk_letter_reply_copy_id_letter_copy')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_letter_reply_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_reply_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_reply'))
    )
    op.create_index(op.f('ix_letter_reply_copy_id'), 'letter_reply', ['copy_id'], unique=False)


def downgrade() -> None:
    op.drop_table('letter_reply')
    op.drop_table('letter_copy')
    op.drop_table('letter')
