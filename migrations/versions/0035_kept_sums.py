"""Sums of what was handed in, kept by procedure and municipality"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

AGAIN = "ON CONFLICT (procedure_id) DO UPDATE SET marks = sums_due.marks + 1;"
INTO = "INSERT INTO sums_due (procedure_id, marks)"
OF_VERSION = f"{INTO} SELECT procedure_id, 1 FROM participation WHERE id = {{row}}.participation_id {AGAIN}"
MARKS = (
    ("submission_due_1", "INSERT ON submission", OF_VERSION.format(row="NEW")),
    ("submission_due_2", "UPDATE ON submission", OF_VERSION.format(row="NEW")),
    ("submission_due_3", "DELETE ON submission", OF_VERSION.format(row="OLD")),
    (
        "organisation_due_1",
        "UPDATE OF municipality ON organisation",
        f"""{INTO} SELECT procedure_id, 1 FROM participation
    WHERE organisation_id = NEW.id AND submitted_at IS NOT NULL {AGAIN}""",
    ),
    (
        "procedure_due_1",
        "UPDATE OF opens_at, year ON procedure",
        f"{INTO} VALUES (NEW.id, 1) {AGAIN}",
    ),
)


def upgrade() -> None:
    op.create_table(
        "kept_sums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_kept_sums_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_sums")),
    )
    op.create_index(
        "ix_kept_sums_of", "kept_sums", ["procedure_id", "latest", "sheet", "place"]
    )
    op.create_table(
        "sums_due",
        sa.Column("procedure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedure.id"], name=op.f("fk_sums_due_procedure_id_procedure")
        ),
        sa.PrimaryKeyConstraint("procedure_id", name=op.f("pk_sums_due")),
    )
    op.execute(
        "INSERT INTO sums_due (procedure_id, marks) "
        "SELECT DISTINCT procedure_id, 1 FROM participation WHERE submitted_at IS NOT NULL"
    )
    if op.get_bind().dialect.name == "postgresql":  # SQLite's are made after all migrations
        for name, event, marks in MARKS:
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {marks} RETURN NULL; END $$"
                " LANGUAGE plpgsql"
            )
            op.execute(
                f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, _event, _marks in MARKS:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("sums_due")
    op.drop_table("kept_sums")
