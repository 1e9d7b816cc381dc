"""Contacts of the school, days that follow another weekday"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("administrator_contact", sa.String(300)))
    op.add_column("organisation", sa.Column("support_contact", sa.String(300)))
    op.create_table(
        "moved_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("follows_weekday", sa.Integer(), nullable=False),
        sa.Column("grades", sa.String(100), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "follows_weekday between 1 and 6", name=op.f("ck_moved_day_follows_weekday")
        ),
        sa.ForeignKeyConstraint(
            ["academic_year_id"],
            ["academic_year.id"],
            name=op.f("fk_moved_day_academic_year_id_academic_year"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_moved_day_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_day")),
        sa.UniqueConstraint(
            "academic_year_id", "day", "grades", name=op.f("uq_moved_day_academic_year_id_day_grades")
        ),
    )


def downgrade() -> None:
    op.drop_table("moved_day")
    op.drop_column("organisation", "support_contact")
    op.drop_column("organisation", "administrator_contact")
