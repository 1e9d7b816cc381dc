"""Social categories of pupils"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

CODES = (
    "'many_children','one_parent','low_income','guardianship','disability','special_needs',"
    "'veterans','migrants','at_risk','school_watch','police_watch'"
)


def upgrade() -> None:
    op.create_table(
        "pupil_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"category in ({CODES})", name=op.f("ck_pupil_category_category")),
        *(
            sa.ForeignKeyConstraint(
                [f"{other}_id"],
                [f"{other}.id"],
                name=op.f(f"fk_pupil_category_{other}_id_{other}"),
            )
            for other in ("organisation", "pupil")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_category")),
        sa.UniqueConstraint("pupil_id", "category", name=op.f("uq_pupil_category_pupil_id_category")),
    )


def downgrade() -> None:
    op.drop_table("pupil_category")
