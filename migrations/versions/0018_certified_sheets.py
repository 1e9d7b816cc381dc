"""Certified summary sheets, append-only"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from journal.core.append_only import postgresql_drop, postgresql_triggers, sqlite_triggers

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "certified_sheet"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('class_group_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(length=20), nullable=False),
        sa.Column('edition', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=12), nullable=False),
        sa.Column('facts', sa.Text(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('certified_by', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('post', sa.String(length=20), nullable=False),
        sa.Column('certified_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('edition >= 1', name=op.f('ck_certified_sheet_edition')),
        sa.CheckConstraint(
            "post in ('director','deputy_director')", name=op.f('ck_certified_sheet_post')
        ),
        sa.ForeignKeyConstraint(
            ['class_group_id'],
            ['class_group.id'],
            name=op.f('fk_certified_sheet_class_group_id_class_group'),
        ),
        sa.ForeignKeyConstraint(
            ['organisation_id'],
            ['organisation.id'],
            name=op.f('fk_certified_sheet_organisation_id_organisation'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_certified_sheet')),
        sa.UniqueConstraint(
            'class_group_id',
            'place',
            'edition',
            name=op.f('uq_certified_sheet_class_group_id_place_edition'),
        ),
        sa.UniqueConstraint('code', name=op.f('uq_certified_sheet_code')),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_triggers(TABLE) if sqlite else postgresql_triggers(TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(postgresql_drop(TABLE))
