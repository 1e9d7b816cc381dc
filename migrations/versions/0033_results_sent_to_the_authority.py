"""Results sent to the education authority"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "results_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("xlsx", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["organisation.id"],
            name=op.f("fk_results_sending_centre_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk_results_sending_procedure_id_procedure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_sending")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_results_sending_key_sha256")),
    )
    op.create_index(
        op.f("ix_results_sending_procedure_id"), "results_sending", ["procedure_id"]
    )


def downgrade() -> None:
    op.drop_table("results_sending")
