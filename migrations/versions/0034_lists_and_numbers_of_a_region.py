"""Keys of the list of schools, numbers of schools kept by procedure"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from journal.core.text import search_key, sort_key

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEY = sa.String(length=900).with_variant(sa.String(length=900, collation="C"), "postgresql")
TALLIES = {
    "not_begun": "{row}.submitted_at IS NULL AND {row}.begun_at IS NULL",
    "filling": "{row}.submitted_at IS NULL AND {row}.begun_at IS NOT NULL",
    "submitted": "{row}.submitted_at IS NOT NULL",
}
TALLIES |= {f"approved_{k}": f"{{row}}.request = 'approved' AND {v}" for k, v in TALLIES.items()}
NAMES = ", ".join(TALLIES)


def upgrade() -> None:
    op.add_column("organisation", sa.Column("list_key", KEY, nullable=False, server_default=""))
    op.add_column(
        "organisation",
        sa.Column("search_key", sa.String(length=700), nullable=False, server_default=""),
    )
    op.create_index("ix_organisation_list", "organisation", ["list_key", "id"])
    _write_keys()
    op.create_table(
        "procedure_tally",
        sa.Column("procedure_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in TALLIES),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedure.id"],
            name=op.f("fk_procedure_tally_procedure_id_procedure"),
        ),
        sa.PrimaryKeyConstraint("procedure_id", name=op.f("pk_procedure_tally")),
    )
    ones = ", ".join(f"SUM({one})" for one in _ones("participation"))
    op.execute(
        f"INSERT INTO procedure_tally (procedure_id, {NAMES}) "
        f"SELECT procedure_id, {ones} FROM participation GROUP BY procedure_id"
    )
    if op.get_bind().dialect.name == "postgresql":  # SQLite's are made after all migrations
        _make_triggers()


def _write_keys() -> None:
    names = ("id", "code", "short_name", "municipality", "list_key", "search_key")
    table = sa.table("organisation", *(sa.column(name) for name in names))
    bind = op.get_bind()
    for one in bind.execute(sa.select(table)).all():
        place = one.municipality or ""
        keys = {
            "list_key": f"{sort_key(place)}\t{sort_key(one.short_name)}",
            "search_key": search_key(f"{one.code} {one.short_name} {place}"),
        }
        bind.execute(table.update().where(table.c.id == one.id).values(keys))


def _ones(row: str) -> list[str]:
    return [f"CASE WHEN {one.format(row=row)} THEN 1 ELSE 0 END" for one in TALLIES.values()]


def _make_triggers() -> None:
    more = ", ".join(f"{one} = procedure_tally.{one} + excluded.{one}" for one in TALLIES)
    less = ", ".join(f"{name} = {name} - {one}" for name, one in zip(TALLIES, _ones("OLD")))
    op.execute(f"""CREATE FUNCTION participation_count() RETURNS trigger AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE procedure_tally SET {less} WHERE procedure_id = OLD.procedure_id; END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO procedure_tally (procedure_id, {NAMES})
        VALUES (NEW.procedure_id, {", ".join(_ones("NEW"))})
        ON CONFLICT (procedure_id) DO UPDATE SET {more}; END IF;
    RETURN NULL; END $$ LANGUAGE plpgsql""")
    op.execute("""CREATE TRIGGER participation_counted
    AFTER INSERT OR DELETE OR UPDATE OF procedure_id, request, begun_at, submitted_at
    ON participation FOR EACH ROW EXECUTE FUNCTION participation_count()""")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION participation_count() CASCADE")
    op.drop_table("procedure_tally")
    op.drop_index("ix_organisation_list", "organisation")
    op.drop_column("organisation", "search_key")
    op.drop_column("organisation", "list_key")
