"""Homework: chosen days, files, tasks of single pupils, templates; works that are assessments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _owned(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'],
            name=op.f(f'fk_{table}_organisation_id_organisation'),
        ),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f'{target}.id'], name=op.f(f'fk_{table}_{column}_{target}')
    )


# Without the first letter: SQLite does not fold the case of Cyrillic.
_ASSESSING = ('онтрольн', 'роверочн', 'иктант', 'очинение', 'зложение', 'ачёт', 'ачет')


def upgrade() -> None:
    op.add_column(
        'work_type',
        sa.Column('assessment', sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    kind = sa.table('work_type', sa.column('name'), sa.column('assessment'))
    named = sa.or_(*(kind.c.name.contains(part) for part in _ASSESSING))
    short = kind.c.name.contains('ловарн')  # словарный диктант takes ten minutes
    op.execute(kind.update().where(named, ~short).values(assessment=True))
    op.add_column(
        'homework',
        sa.Column('due_chosen', sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        'individual_homework',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lesson_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=True),
        sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        *_owned('individual_homework'),
        _key('individual_homework', 'lesson_id', 'lesson'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_individual_homework')),
    )
    op.create_index(op.f('ix_individual_homework_lesson_id'), 'individual_homework', ['lesson_id'])
    op.create_table(
        'individual_homework_pupil',
        sa.Column('homework_id', sa.Integer(), nullable=False),
        sa.Column('pupil_id', sa.Integer(), nullable=False),
        *_owned('individual_homework_pupil'),
        _key('individual_homework_pupil', 'homework_id', 'individual_homework'),
        _key('individual_homework_pupil', 'pupil_id', 'pupil'),
        sa.PrimaryKeyConstraint(
            'homework_id', 'pupil_id', name=op.f('pk_individual_homework_pupil')
        ),
    )
    op.create_index(
        op.f('ix_individual_homework_pupil_pupil_id'), 'individual_homework_pupil', ['pupil_id']
    )
    op.create_table(
        'homework_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('homework_id', sa.Integer(), nullable=True),
        sa.Column('individual_id', sa.Integer(), nullable=True),
        sa.Column('stored_file_id', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        *_owned('homework_file'),
        _key('homework_file', 'homework_id', 'homework'),
        _key('homework_file', 'individual_id', 'individual_homework'),
        _key('homework_file', 'stored_file_id', 'stored_file'),
        sa.CheckConstraint(
            '(homework_id is null) <> (individual_id is null)', name=op.f('ck_homework_file_holder')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_homework_file')),
    )
    for column in ('homework_id', 'individual_id', 'stored_file_id'):
        op.create_index(op.f(f'ix_homework_file_{column}'), 'homework_file', [column])
    op.create_table(
        'homework_template',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('staff_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        *_owned('homework_template'),
        _key('homework_template', 'staff_id', 'staff_member'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_homework_template')),
    )
    op.create_index(op.f('ix_homework_template_staff_id'), 'homework_template', ['staff_id'])


def downgrade() -> None:
    op.drop_table('homework_template')
    op.drop_table('homework_file')
    op.drop_table('individual_homework_pupil')
    op.drop_table('individual_homework')
    op.drop_column('homework', 'due_chosen')
    op.drop_column('work_type', 'assessment')
