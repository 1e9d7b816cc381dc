"""Letters given up keep their text for another try, but those with a password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was given up before has no text any more."""
    op.add_column(
        "mail", sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """No letter is secret."""
    with op.batch_alter_table("mail") as table:
        table.drop_column("secret")
