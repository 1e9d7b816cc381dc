"""Alerts about absences: what a school sets, who was told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _of_a_school(table: str) -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    op.create_table(
        "alert_policy",
        *_of_a_school("alert_policy"),
        sa.Column("tells_families", sa.Boolean(), nullable=False),
        sa.Column("delay_minutes", sa.Integer(), nullable=False),
        sa.Column("until", sa.Time(), nullable=False),
        _check("alert_policy", "delay", "delay_minutes between 0 and 120"),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_alert_policy_organisation_id")),
    )
    op.create_table(
        "absence_alert",
        *_of_a_school("absence_alert"),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        _key("absence_alert", "pupil_id", "pupil"),
        _key("absence_alert", "lesson_id", "lesson"),
        sa.UniqueConstraint("pupil_id", "day", name=op.f("uq_absence_alert_pupil_id_day")),
    )
    op.create_index(op.f("ix_absence_alert_day"), "absence_alert", ["day"])
    _thresholds()


def _thresholds() -> None:
    table = "absence_threshold"
    op.create_table(
        table,
        *_of_a_school(table),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("codes", sa.String(length=4), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        _check(table, "measure", "measure in ('lessons','percent')"),
        _check(table, "bound", "bound between 1 and 500"),
        _check(table, "window", "window_days between 1 and 366"),
    )
    op.create_table(
        "threshold_crossing",
        *_of_a_school("threshold_crossing"),
        sa.Column("threshold_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _key("threshold_crossing", "threshold_id", table),
        _key("threshold_crossing", "pupil_id", "pupil"),
    )
    op.create_index(op.f("ix_threshold_crossing_pupil_id"), "threshold_crossing", ["pupil_id"])
    op.create_index(
        "ix_threshold_crossing_open",
        "threshold_crossing",
        ["threshold_id", "pupil_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def downgrade() -> None:
    for table in ("threshold_crossing", "absence_threshold", "absence_alert", "alert_policy"):
        op.drop_table(table)
