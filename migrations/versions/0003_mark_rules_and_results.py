"""Mark rules, reasons of term marks, windows of final marks, council decisions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("term_mark", sa.Column("proposed", sa.String(length=5), nullable=True))
    op.add_column("term_mark", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("term_mark", sa.Column("mark_rules_id", sa.Integer(), nullable=True))
    _mark_rules()
    _final_window()
    _council_decision()


def _mark_rules() -> None:
    op.create_table(
        "mark_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("five_from", sa.Integer(), nullable=False),
        sa.Column("four_from", sa.Integer(), nullable=False),
        sa.Column("three_from", sa.Integer(), nullable=False),
        sa.Column("minimum_marks", sa.Integer(), nullable=False),
        sa.Column("missed_over", sa.Integer(), nullable=False),
        sa.Column("retake", sa.String(length=10), nullable=False),
        sa.Column("final_half", sa.String(length=10), nullable=False),
        *_of_a_school("mark_rules"),
        sa.CheckConstraint(
            "retake in ('replaces','averages','both')", name=op.f("ck_mark_rules_retake")
        ),
        sa.CheckConstraint(
            "final_half in ('up','teacher')", name=op.f("ck_mark_rules_final_half")
        ),
        sa.CheckConstraint(
            "five_from > four_from and four_from > three_from",
            name=op.f("ck_mark_rules_thresholds"),
        ),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_mark_rules_organisation_id_valid_from")
        ),
    )


def _of_a_school(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id_organisation"),
        ),
    )


def _final_window() -> None:
    op.create_table(
        "final_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("grades", sa.String(length=100), nullable=False),
        sa.Column("marks_from", sa.Date(), nullable=False),
        sa.Column("marks_before", sa.Date(), nullable=False),
        *_of_a_school("final_window"),
        sa.CheckConstraint("kind in ('year','exam','final')", name=op.f("ck_final_window_kind")),
        sa.CheckConstraint("marks_from < marks_before", name=op.f("ck_final_window_dates")),
        sa.ForeignKeyConstraint(
            ["academic_year_id"],
            ["academic_year.id"],
            name=op.f("fk_final_window_academic_year_id_academic_year"),
        ),
        sa.UniqueConstraint(
            "academic_year_id",
            "kind",
            "grades",
            name=op.f("uq_final_window_academic_year_id_kind_grades"),
        ),
    )


def _council_decision() -> None:
    op.create_table(
        "council_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_school("council_decision"),
        sa.CheckConstraint(
            "about in ('admission','year')", name=op.f("ck_council_decision_about")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_council_decision_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(
            ["academic_year_id"],
            ["academic_year.id"],
            name=op.f("fk_council_decision_academic_year_id_academic_year"),
        ),
        sa.UniqueConstraint(
            "pupil_id",
            "academic_year_id",
            "about",
            name=op.f("uq_council_decision_pupil_id_academic_year_id_about"),
        ),
    )
    op.create_index(
        op.f("ix_council_decision_academic_year_id"), "council_decision", ["academic_year_id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_council_decision_academic_year_id"), table_name="council_decision")
    op.drop_table("council_decision")
    op.drop_table("final_window")
    op.drop_table("mark_rules")
    for column in ("mark_rules_id", "reason", "proposed"):
        op.drop_column("term_mark", column)
