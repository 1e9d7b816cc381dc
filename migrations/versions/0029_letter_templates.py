"""Letters: templates of the school, files, letters about absences"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

OLD = "about in ('behaviour','success','access','other','support')"
NEW = "about in ('behaviour','success','access','absences','other','support')"


def _of_a_school(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _key(table, "organisation_id", "organisation"),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def upgrade() -> None:
    with op.batch_alter_table("letter") as batch:
        batch.drop_constraint(op.f("ck_letter_about"), type_="check")
        batch.create_check_constraint(op.f("ck_letter_about"), NEW)
    op.create_table(
        "letter_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_of_a_school("letter_template"),
        sa.CheckConstraint(
            "about in ('behaviour','success','access','absences','other')",
            name=op.f("ck_letter_template_about"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
    )
    op.create_table(
        "letter_file",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        *_of_a_school("letter_file"),
        _key("letter_file", "letter_id", "letter"),
        _key("letter_file", "stored_file_id", "stored_file"),
        sa.PrimaryKeyConstraint("letter_id", "stored_file_id", name=op.f("pk_letter_file")),
    )


def downgrade() -> None:
    op.drop_table("letter_file")
    op.drop_table("letter_template")
    op.execute("update letter set about = 'other' where about = 'absences'")
    with op.batch_alter_table("letter") as batch:
        batch.drop_constraint(op.f("ck_letter_about"), type_="check")
        batch.create_check_constraint(op.f("ck_letter_about"), OLD)
