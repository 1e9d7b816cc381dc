"""`flask account issue` and `flask audit verify`, as other programs rely on them."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry, AuditHead
from journal.people.models import Account, StaffMember
from tests.cast import Cast
from tests.conftest import Client

ISSUE = ["account", "issue", "--school", "1017", "--role"]


def password_of(session: Session, account_id: int) -> Account:
    session.expire_all()
    return session.get_one(Account, account_id)


def test_a_temporary_password_is_printed_once_and_works(
    app: Flask, cast: Cast, client: Client, db_session: Session
) -> None:
    done = app.test_cli_runner().invoke(args=[*ISSUE, "administrator"])
    assert done.exit_code == 0, done.output
    login, password, name = done.output.strip().split("\t")
    assert login == cast["administrator"].login
    assert name.split("\N{NO-BREAK SPACE}") == ["Зотова", "И.", "Л."]
    account = password_of(db_session, cast["administrator"].account_id)
    assert account.password_is_temporary
    assert account.session_epoch == 2, "open sessions end"
    entry = db_session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_name) == ("issue_credentials", "flask account issue")
    answer = client.post("/login", data={"login": login, "password": password})
    assert answer.status_code == 302
    assert client.get("/").headers["Location"] == "/password"


def test_one_of_several_is_named_by_login(app: Flask, cast: Cast) -> None:
    for name in ("parent", "stranger_parent"):
        login = cast[name].login
        done = app.test_cli_runner().invoke(args=[*ISSUE, "parent", "--login", login])
        assert done.output.startswith(f"{login}\t")


def test_a_dry_run_changes_nothing(app: Flask, cast: Cast, db_session: Session) -> None:
    before = password_of(db_session, cast["administrator"].account_id).password_hash
    done = app.test_cli_runner().invoke(args=[*ISSUE, "administrator", "--dry-run"])
    assert done.exit_code == 0
    assert password_of(db_session, cast["administrator"].account_id).password_hash == before


def test_who_has_left_gets_no_password(app: Flask, cast: Cast, db_session: Session) -> None:
    """He would be let in nowhere: a school without anybody else has to be told."""
    staff = db_session.get_one(StaffMember, cast["administrator"].staff_id)
    staff.left_on = date(2026, 9, 1)
    db_session.commit()
    for options in ([], ["--login", cast["administrator"].login]):
        done = app.test_cli_runner().invoke(args=[*ISSUE, "administrator", *options])
        assert done.exit_code == 1 and "\t" not in done.output
    assert db_session.scalars(select(AuditEntry)).all() == []


def test_refusals_say_what_is_wrong(app: Flask, cast: Cast, db_session: Session) -> None:
    foreign = cast["foreign_administrator"].login
    refused = {
        "administrator": ["--login", foreign],
        "regional_operator": [],
        "no-such-role": [],
    }
    for role, options in refused.items():
        done = app.test_cli_runner().invoke(args=[*ISSUE, role, *options])
        assert done.exit_code != 0
        assert "\t" not in done.output
    args = ["account", "issue", "--school", "none", "--role", "administrator"]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 1
    assert "none" in done.output
    assert db_session.scalars(select(AuditEntry)).all() == []


def test_a_whole_log_is_told_and_a_damaged_one_fails(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    app.test_cli_runner().invoke(args=[*ISSUE, "administrator"])
    whole = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert whole.exit_code == 0, whole.output
    assert len(whole.output.splitlines()) == 2
    head = db_session.get_one(AuditHead, cast.school)
    head.hash = "0" * 64
    db_session.commit()
    damaged = app.test_cli_runner().invoke(args=["audit", "verify", "--school", "1017"])
    assert damaged.exit_code == 1
    assert "Школа № 17" in damaged.output
