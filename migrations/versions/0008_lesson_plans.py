"""Versions and pins of lesson plans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'lesson_plan', sa.Column('version', sa.Integer(), nullable=False, server_default='1')
    )
    op.add_column('lesson_plan', sa.Column('changed_at', sa.DateTime(timezone=True)))
    op.add_column('lesson_plan', sa.Column('changed_by', sa.String(length=200)))
    op.create_table(
        'plan_pin',
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('plan_topic_id', sa.Integer(), nullable=False),
        sa.Column('from_day', sa.Date(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['course_id'], ['course.id'], name=op.f('fk_plan_pin_course_id_course')
        ),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'],
            name=op.f('fk_plan_pin_organisation_id_organisation'),
        ),
        sa.ForeignKeyConstraint(
            ['plan_topic_id'], ['plan_topic.id'], name=op.f('fk_plan_pin_plan_topic_id_plan_topic')
        ),
        sa.PrimaryKeyConstraint('course_id', 'plan_topic_id', name=op.f('pk_plan_pin')),
    )
    op.create_index(op.f('ix_plan_pin_plan_topic_id'), 'plan_pin', ['plan_topic_id'])


def downgrade() -> None:
    op.drop_table('plan_pin')
    op.drop_column('lesson_plan', 'changed_by')
    op.drop_column('lesson_plan', 'changed_at')
    op.drop_column('lesson_plan', 'version')
