"""Substitutions, orders about days, bells of single days, timetable drafts, calendar addresses"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
UNIQUE = "uq_timetable_academic_year_id_starts_on_ends_before"
STATUS = "ck_timetable_status"


def _replace_status(table: Any, statuses: str) -> None:
    table.drop_constraint(op.f(STATUS), type_="check")
    table.create_check_constraint(op.f(STATUS), f"status in ({statuses})")


def upgrade() -> None:
    op.create_table(
        "bell_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bell_schedule_id", sa.Integer(), nullable=False),
        sa.Column("instead_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("grades", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(weekday is null) != (held_on is null)", name=op.f("ck_bell_exception_when")
        ),
        sa.CheckConstraint("bell_schedule_id != instead_id", name=op.f("ck_bell_exception_other")),
        sa.CheckConstraint("weekday between 1 and 6", name=op.f("ck_bell_exception_weekday")),
        sa.ForeignKeyConstraint(
            ["bell_schedule_id"],
            ["bell_schedule.id"],
            name=op.f("fk_bell_exception_bell_schedule_id_bell_schedule"),
        ),
        sa.ForeignKeyConstraint(
            ["instead_id"],
            ["bell_schedule.id"],
            name=op.f("fk_bell_exception_instead_id_bell_schedule"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_bell_exception_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bell_exception")),
    )
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_calendar_address_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_address_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_calendar_address_pupil_id_pupil")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
    )
    op.create_index("ix_calendar_address_person", "calendar_address", ["person_id"])

    op.create_table(
        "day_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('frost','quarantine','other')", name=op.f("ck_day_order_kind")
        ),
        sa.CheckConstraint("mode in ('cancelled','distance')", name=op.f("ck_day_order_mode")),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_day_order_dates")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["staff_member.id"], name=op.f("fk_day_order_made_by_staff_member")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_day_order_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_order")),
    )
    op.create_index("ix_day_order_starts_on", "day_order", ["starts_on"])

    op.create_table(
        "staff_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reason in ('illness','training','leave','other')", name=op.f("ck_staff_absence_reason")
        ),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_staff_absence_dates")),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["staff_member.id"], name=op.f("fk_staff_absence_noted_by_staff_member")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_staff_absence_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_staff_absence_staff_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_absence")),
    )
    op.create_index("ix_staff_absence_days", "staff_absence", ["staff_id", "starts_on"])

    op.create_table(
        "day_order_class",
        sa.Column("day_order_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_group_id"],
            ["class_group.id"],
            name=op.f("fk_day_order_class_class_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["day_order_id"],
            ["day_order.id"],
            name=op.f("fk_day_order_class_day_order_id_day_order"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_day_order_class_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("day_order_id", "class_group_id", name=op.f("pk_day_order_class")),
    )
    op.create_table(
        "planner_class",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_group_id"],
            ["class_group.id"],
            name=op.f("fk_planner_class_class_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_planner_class_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_planner_class_staff_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("staff_id", "class_group_id", name=op.f("pk_planner_class")),
    )
    op.create_index("ix_planner_class_class_group_id", "planner_class", ["class_group_id"])

    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("made_lesson_id", sa.Integer(), nullable=True),
        sa.Column("planned_staff_id", sa.Integer(), nullable=False),
        sa.Column("planned_room_id", sa.Integer(), nullable=True),
        sa.Column("planned_mode", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("day_order_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["day_order_id"], ["day_order.id"], name=op.f("fk_substitution_day_order_id_day_order")
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_substitution_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["staff_member.id"], name=op.f("fk_substitution_made_by_staff_member")
        ),
        sa.ForeignKeyConstraint(
            ["made_lesson_id"], ["lesson.id"], name=op.f("fk_substitution_made_lesson_id_lesson")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_substitution_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_room_id"], ["room.id"], name=op.f("fk_substitution_planned_room_id_room")
        ),
        sa.ForeignKeyConstraint(
            ["planned_staff_id"],
            ["staff_member.id"],
            name=op.f("fk_substitution_planned_staff_id_staff_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
        sa.UniqueConstraint("lesson_id", name=op.f("uq_substitution_lesson_id")),
        sa.UniqueConstraint("made_lesson_id", name=op.f("uq_substitution_made_lesson_id")),
    )
    op.create_index("ix_substitution_day_order_id", "substitution", ["day_order_id"])

    with op.batch_alter_table("timetable") as table:
        table.add_column(sa.Column("note", sa.String(100)))
        table.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        table.add_column(sa.Column("published_at", sa.DateTime(timezone=True)))
        table.drop_constraint(UNIQUE, type_="unique")
        table.create_index("ix_timetable_year", ["academic_year_id", "starts_on"])
        _replace_status(table, "'draft','published','replaced'")


def downgrade() -> None:
    drafts = "(select id from timetable where status <> 'published')"
    op.execute(f"delete from timetable_slot where timetable_id in {drafts}")
    op.execute("delete from timetable where status <> 'published'")
    with op.batch_alter_table("timetable") as table:
        table.drop_index("ix_timetable_year")
        table.create_unique_constraint(UNIQUE, ["academic_year_id", "starts_on", "ends_before"])
        table.drop_column("published_at")
        table.drop_column("version")
        table.drop_column("note")
        _replace_status(table, "'draft','published'")
    op.drop_table("substitution")
    op.drop_table("planner_class")
    op.drop_table("day_order_class")
    op.drop_table("staff_absence")
    op.drop_table("day_order")
    op.drop_table("calendar_address")
    op.drop_table("bell_exception")
