"""The roll-over of the year, decisions of pupils"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    op.create_table(
        "year_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_year_id", sa.Integer(), nullable=False),
        sa.Column("to_year_id", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.String(100)),
        sa.Column("order_date", sa.Date()),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _key("year_turn", "from_year_id", "academic_year"),
        _key("year_turn", "to_year_id", "academic_year"),
        _key("year_turn", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_turn")),
        sa.UniqueConstraint("from_year_id", name=op.f("uq_year_turn_from_year_id")),
        sa.UniqueConstraint("to_year_id", name=op.f("uq_year_turn_to_year_id")),
    )
    op.create_table(
        "promotion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(12), nullable=False),
        sa.Column("year_turn_id", sa.Integer()),
        sa.Column("membership_id", sa.Integer()),
        sa.Column("entry_class_before", sa.String(20)),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision in ('promoted','conditional','repeats','leaves')",
            name=op.f("ck_promotion_decision"),
        ),
        _key("promotion", "academic_year_id", "academic_year"),
        _key("promotion", "pupil_id", "pupil"),
        _key("promotion", "year_turn_id", "year_turn"),
        _key("promotion", "membership_id", "class_membership"),
        _key("promotion", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion")),
        sa.UniqueConstraint(
            "academic_year_id", "pupil_id", name=op.f("uq_promotion_academic_year_id_pupil_id")
        ),
    )
    op.create_index(op.f("ix_promotion_pupil_id"), "promotion", ["pupil_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_promotion_pupil_id"), "promotion")
    op.drop_table("promotion")
    op.drop_table("year_turn")
