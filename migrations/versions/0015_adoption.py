"""The plan of adoption: start, orders, ticks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adoption_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("order_number", sa.String(100)),
        sa.Column("order_date", sa.Date()),
        sa.Column("coordinators_number", sa.String(100)),
        sa.Column("coordinators_date", sa.Date()),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_adoption_plan_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_plan")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_adoption_plan_organisation_id")),
    )
    op.create_table(
        "adoption_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("item between 1 and 21", name=op.f("ck_adoption_tick_item")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_adoption_tick_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_adoption_tick_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_tick")),
        sa.UniqueConstraint("organisation_id", "item", name=op.f("uq_adoption_tick_organisation_id_item")),
    )


def downgrade() -> None:
    op.drop_table("adoption_tick")
    op.drop_table("adoption_plan")
