"""Work that is not begun twice"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

OPEN = sa.text("state in ('waiting','running')")


def upgrade() -> None:
    op.add_column("job", sa.Column("once_key", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_job_once",
        "job",
        ["organisation_id", "once_key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_job_once", "job")
    with op.batch_alter_table("job") as batch:
        batch.drop_column("once_key")
