"""Migrations: up from nothing, the same as the models, down to nothing, and the audit triggers."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from journal.core.db import db


def test_up_matches_the_models_and_down_leaves_nothing(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade()
    assert "audit_entry" in inspect(db.engine).get_table_names()


ENTRY = """insert into audit_entry
    (id, organisation_id, seq, at, actor_name, action, object_type, previous_hash, hash)
    values (1, 1, 1, '2026-11-20 07:42:00', 'x', 'put_mark', 'mark', '', 'abc')"""
ORGANISATION = """insert into organisation
    (id, kind, code, full_name, short_name, time_zone, demonstration)
    values (1, 'school', '1', 'x', 'x', 'Europe/Moscow', {false})"""
ATTACKS = {
    "sqlite": (
        "update audit_entry set actor_name = 'y'",
        "delete from audit_entry",
        ENTRY.replace("insert", "replace", 1),
    ),
    "postgresql": (
        "update audit_entry set actor_name = 'y'",
        "delete from audit_entry",
        "truncate audit_entry",
    ),
}


def test_a_migrated_audit_log_is_append_only(empty_app: Flask) -> None:
    upgrade()
    postgresql = db.engine.dialect.name == "postgresql"
    with db.engine.begin() as connection:
        connection.execute(text(ORGANISATION.format(false="false" if postgresql else "0")))
        connection.execute(text(ENTRY))
    for attack in ATTACKS[db.engine.dialect.name]:
        with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(text(attack))
    with db.engine.connect() as connection:
        assert connection.execute(text("select actor_name from audit_entry")).all() == [("x",)]
