"""Words of names, to be found by their beginning"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql")
BATCH = 2000


def upgrade() -> None:
    op.create_table(
        "person_word",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.Column("sort_key", KEY, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_person_word_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_word_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "word", name=op.f("pk_person_word")),
    )
    op.create_index(
        "ix_person_word_word", "person_word", ["organisation_id", "word", "sort_key", "person_id"]
    )
    _fill()


def _fill() -> None:
    words = sa.table(
        "person_word", *(sa.column(name) for name in ("person_id", "word", "sort_key")),
        sa.column("organisation_id"),
    )
    names = ("id", "organisation_id", "sort_key", "search_key")
    person = sa.table("person", *(sa.column(name) for name in names))
    bind = op.get_bind()
    rows = [
        {"person_id": id_, "word": word, "sort_key": key, "organisation_id": organisation}
        for id_, organisation, key, search in bind.execute(sa.select(*person.c)).all()
        for word in sorted(set(search.split()))
    ]
    for start in range(0, len(rows), BATCH):
        bind.execute(words.insert(), rows[start : start + BATCH])


def downgrade() -> None:
    op.drop_table("person_word")
