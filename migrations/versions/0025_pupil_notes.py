"""Notes of specialists about pupils"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pupil_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pupil_note_organisation_id_organisation"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_pupil_note_{other}_id_{other}")
            )
            for other in ("pupil", "person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_note")),
    )
    for column in ("pupil_id", "person_id"):
        op.create_index(op.f(f"ix_pupil_note_{column}"), "pupil_note", [column])


def downgrade() -> None:
    op.drop_table("pupil_note")
