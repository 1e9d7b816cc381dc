"""Find who holds a role"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_role_assignment_role", "role_assignment", ["organisation_id", "role"])


def downgrade() -> None:
    op.drop_index("ix_role_assignment_role", table_name="role_assignment")
