"""Edit windows: school days, the class teacher's own days, dated extensions, ended grants"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


_GRANTED = sa.text('grant_id IS NOT NULL')


def upgrade() -> None:
    op.create_index('ix_audit_entry_grant', 'audit_entry', ['grant_id'], unique=False, sqlite_where=_GRANTED, postgresql_where=_GRANTED)
    op.add_column('edit_policy', sa.Column('class_attendance_days', sa.Integer(), server_default='2', nullable=False))
    op.add_column('edit_policy', sa.Column('working', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('unlock') as unlock:
        unlock.add_column(sa.Column('asked_kinds', sa.String(length=60), nullable=True))
        unlock.add_column(sa.Column('asked_from', sa.Date(), nullable=True))
        unlock.add_column(sa.Column('asked_before', sa.Date(), nullable=True))
        unlock.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        unlock.drop_constraint(op.f('ck_unlock_status'), type_='check')
        unlock.create_check_constraint(op.f('ck_unlock_status'), "status in ('pending','granted','refused','withdrawn','revoked')")
    op.create_table('window_extension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kinds', sa.String(length=60), nullable=False),
    sa.Column('lessons_from', sa.Date(), nullable=False),
    sa.Column('lessons_before', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('grades', sa.String(length=100), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('lessons_from < lessons_before', name=op.f('ck_window_extension_dates')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_window_extension_course_id_course')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_window_extension_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_member.id'], name=op.f('fk_window_extension_staff_id_staff_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_window_extension'))
    )


def downgrade() -> None:
    op.drop_index('ix_audit_entry_grant', table_name='audit_entry')
    op.drop_table('window_extension')
    op.execute("delete from unlock where status = 'withdrawn'")
    op.execute("update unlock set status = 'granted' where status = 'revoked'")
    with op.batch_alter_table('unlock') as unlock:
        for name in ('ended_at', 'asked_before', 'asked_from', 'asked_kinds'):
            unlock.drop_column(name)
        unlock.drop_constraint(op.f('ck_unlock_status'), type_='check')
        unlock.create_check_constraint(op.f('ck_unlock_status'), "status in ('pending','granted','refused')")
    op.drop_column('edit_policy', 'working')
    op.drop_column('edit_policy', 'class_attendance_days')
