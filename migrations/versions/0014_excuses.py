"""Excuses: open ends, questions, papers, files; the limit of leaves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OLD = "status in ('submitted','confirmed','refused')"
NEW = "status in ('submitted','asked','endorsed','confirmed','refused','withdrawn')"
DATES = "starts_on < ends_before"


def upgrade() -> None:
    with op.batch_alter_table("excuse") as batch:
        batch.drop_constraint(op.f("ck_excuse_status"), type_="check")
        batch.drop_constraint(op.f("ck_excuse_dates"), type_="check")
        batch.alter_column("ends_before", existing_type=sa.Date(), nullable=True)
        batch.add_column(
            sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.add_column(sa.Column("question", sa.Text(), nullable=True))
        batch.add_column(sa.Column("answer", sa.Text(), nullable=True))
        batch.create_check_constraint(op.f("ck_excuse_status"), NEW)
        batch.create_check_constraint(op.f("ck_excuse_dates"), f"ends_before is null or {DATES}")
    op.create_table(
        "excuse_file",
        sa.Column("excuse_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        *_of_a_school("excuse_file"),
        *(_points_to("excuse_file", table) for table in ("excuse", "stored_file")),
        sa.PrimaryKeyConstraint("excuse_id", "stored_file_id", name=op.f("pk_excuse_file")),
    )
    op.create_table(
        "leave_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        *_of_a_school("leave_limit"),
        sa.CheckConstraint("days between 0 and 366", name=op.f("ck_leave_limit_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_limit")),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_leave_limit_organisation_id_valid_from")
        ),
    )


def _of_a_school(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id_organisation"),
        ),
    )


def _points_to(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name)


def downgrade() -> None:
    op.drop_table("leave_limit")
    op.drop_table("excuse_file")
    sqlite = op.get_bind().dialect.name == "sqlite"
    next_day = "date(starts_on, '+1 day')" if sqlite else "starts_on + 1"
    op.execute(f"update excuse set ends_before = {next_day} where ends_before is null")
    op.execute("update excuse set status = 'submitted' where status in ('asked', 'endorsed')")
    op.execute("update excuse set status = 'refused' where status = 'withdrawn'")
    with op.batch_alter_table("excuse") as batch:
        batch.drop_constraint(op.f("ck_excuse_status"), type_="check")
        batch.drop_constraint(op.f("ck_excuse_dates"), type_="check")
        batch.alter_column("ends_before", existing_type=sa.Date(), nullable=False)
        for column in ("answer", "question", "on_paper"):
            batch.drop_column(column)
        batch.create_check_constraint(op.f("ck_excuse_status"), OLD)
        batch.create_check_constraint(op.f("ck_excuse_dates"), DATES)
