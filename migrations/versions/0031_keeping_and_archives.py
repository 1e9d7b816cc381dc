"""Archives of years; decisions to delete what was kept long enough, and the triggers of keeping"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from journal.core.append_only import append_only, postgresql_drop, postgresql_triggers
from journal.school.retention.triggers import DECISIONS, decided, decisions, kept

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEPT = ("lesson", "absence", "mark", "term_mark")
SHEETS = "certified_sheet"
YEAR = "(SELECT academic_year_id FROM class_group WHERE class_group.id = OLD.class_group_id)"
OPEN = sa.text("state IN ('proposed', 'confirmed')")


def upgrade() -> None:
    _archives()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        return  # migrations/env makes the triggers of the models after all migrations
    op.execute(postgresql_drop(SHEETS))
    sheets = append_only(SHEETS, decided(YEAR, "sheets"))
    for triggers in (decisions(), *(kept(table) for table in KEPT), sheets):
        for statement in triggers.postgresql:
            op.execute(statement)


def _archives() -> None:
    op.create_table(
        "year_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _owner("year_archive"),
        sa.ForeignKeyConstraint(
            ["academic_year_id"],
            ["academic_year.id"],
            name=op.f("fk_year_archive_academic_year_id_academic_year"),
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_year_archive_stored_file_id_stored_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_archive")),
    )
    for column in ("academic_year_id", "stored_file_id"):
        op.create_index(op.f(f"ix_year_archive_{column}"), "year_archive", [column])


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_organisation_id_organisation")
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=name)


def _decisions() -> None:
    op.create_table(
        DECISIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("academic_year_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_name", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_name", sa.String(length=200), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *_checks(),
        _owner(DECISIONS),
        sa.ForeignKeyConstraint(
            ["academic_year_id"],
            ["academic_year.id"],
            name=op.f("fk_retention_deletion_academic_year_id_academic_year"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_deletion")),
    )
    op.create_index(
        "ix_retention_open",
        DECISIONS,
        ["academic_year_id", "what"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _checks() -> list[sa.CheckConstraint]:
    wanted = {
        "what": "what in ('journals','sheets')",
        "state": "state in ('proposed','withdrawn','confirmed','done')",
        "two_persons": "confirmed_by is null or confirmed_by <> proposed_by",
        "confirmed": "state not in ('confirmed','done') or confirmed_by is not null",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{DECISIONS}_{name}"))
        for name, rule in wanted.items()
    ]


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for triggers in (decisions(), *(kept(table) for table in KEPT)):
            for statement in triggers.drop:
                op.execute(statement)
        op.execute(postgresql_drop(SHEETS))
        for statement in postgresql_triggers(SHEETS):
            op.execute(statement)
    op.drop_index("ix_retention_open", table_name=DECISIONS)
    op.drop_table(DECISIONS)
    op.drop_table("year_archive")
