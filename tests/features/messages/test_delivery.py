"""From an event to notifications and letters: to whom, once, and whatever instant one dies at."""

from __future__ import annotations

import json
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Permission
from journal.core.messages import N_
from journal.core.outbox import OutboxEvent, emit
from journal.core.post import Undeliverable
from journal.core.tenancy import across
from journal.messages import service
from journal.messages.mail import Addressee, queue_mail
from journal.messages.models import Mail, NoticeChoice, Notification
from journal.people.models import Account, GuardianLink, Person, StaffMember
from journal.people.notices import Link, NoticeKind, Recipients
from tests.cast import NOW, TODAY, Cast
from tests.features.messages.conftest import Leave, Office


def told(session: Session) -> list[int]:
    session.rollback()
    with across(session, "nobody else may be told"):
        return list(session.scalars(select(Notification.person_id).order_by(Notification.id)))


def persons(cast: Cast, *names: str) -> list[int]:
    return sorted(cast[name].person_id for name in names)


def give_address(session: Session, cast: Cast, name: str, address: str, way: str = "mail") -> None:
    session.get_one(Person, cast[name].person_id).email = address
    facts = {"organisation_id": cast.school, "person_id": cast[name].person_id}
    session.add(NoticeChoice(**facts, kind=NoticeKind.UNLOCKS.value, way=way))
    session.commit()


def test_everybody_named_in_any_way_is_told_once(
    leave: Leave, office: Office, cast: Cast, db_session: Session
) -> None:
    leave(
        Recipients(
            persons=[cast["specialist"].person_id],
            staff=[cast["own_teacher"].staff_id or 0],
            pupils=[cast.pupils["pupil"]],
            guardians_of=[cast.pupils["pupil"], cast.pupils["sibling"]],
            class_teachers_of=[cast.classes["own"], cast.classes["other"]],
            may=Permission.APPROVE_UNLOCK,
            but_not=cast["administrator"].person_id,
        )
    )
    assert told(db_session) == []  # not before the commit's job
    office.deliver()
    office.deliver()
    names = ("specialist", "own_teacher", "pupil", "parent", "class_teacher", "deputy")
    assert sorted(told(db_session)) == persons(cast, *names)


def test_who_left_or_declined_is_not_told(
    leave: Leave, office: Office, cast: Cast, db_session: Session
) -> None:
    db_session.get_one(StaffMember, cast["deputy"].staff_id).left_on = TODAY
    for link in db_session.scalars(select(GuardianLink)):
        link.declined_e_service = link.pupil_id == cast.pupils["pupil"]
    db_session.commit()
    leave(Recipients(may=Permission.APPROVE_UNLOCK, guardians_of=[cast.pupils["pupil"]]))
    office.deliver()
    assert told(db_session) == persons(cast, "administrator")


def test_a_key_tells_once(leave: Leave, office: Office, cast: Cast, db_session: Session) -> None:
    parent = Recipients(guardians_of=[cast.pupils["pupil"]])
    leave(parent, key="absence-1-2026-11-20")
    leave(parent, key="absence-1-2026-11-20")
    office.deliver()
    leave(parent, key="absence-1-2026-11-20")
    leave(parent, key="absence-1-2026-11-23")
    office.deliver()
    assert told(db_session) == persons(cast, "parent") * 2


def test_a_letter_is_said_in_the_readers_language_and_leads_back(
    leave: Leave, office: Office, cast: Cast, db_session: Session
) -> None:
    give_address(db_session, cast, "deputy", "orlova@example.org")
    db_session.get_one(Account, cast["deputy"].account_id).locale = "en"
    give_address(db_session, cast, "administrator", "zotova@example.org")
    until = NOW + timedelta(hours=2)
    leave(
        Recipients(may=Permission.APPROVE_UNLOCK),
        message=N_("Open for you until %(until)s: %(what)s.", until=until, what="5А"),
        detail="Спасибо,\nдо вечера",
        link=Link("register.journal", {"course_id": 7}),
    )
    office.deliver()
    by_address = {letter["To"]: letter for letter in office.tray.letters}
    russian, english = by_address["zotova@example.org"], by_address["orlova@example.org"]
    assert russian["Subject"] == "Школа № 17: Разблокировки: запросы и ответы"
    text = russian.get_content()
    assert "Открыто для вас до 20.11 12:42: 5А." in text
    assert "Спасибо,\nдо вечера" in text
    assert "https://journal.example.org/journal/7" in text and "«Уведомления»" in text
    assert "Open for you until 20.11 12:42: 5А." in english.get_content()
    assert russian["Message-ID"] != english["Message-ID"]


@pytest.mark.parametrize(
    ("address", "way", "mail", "notified", "sent"),
    [
        ("zotova@example.org", "mail", True, 1, 1),
        ("zotova@example.org", "mail", False, 1, 0),
        ("zotova@example.org", "site", True, 1, 0),
        ("zotova@example.org", "off", True, 0, 0),
        ("нет почты", "mail", True, 1, 0),
        ("a@example.org, b@example.org", "mail", True, 1, 0),
        ("a@example.org\nBcc: b@example.org", "mail", True, 1, 0),
    ],
)
def test_mail_leaves_only_where_it_can_and_is_wanted(
    leave: Leave,
    office: Office,
    cast: Cast,
    db_session: Session,
    address: str,
    way: str,
    mail: bool,
    notified: int,
    sent: int,
) -> None:
    give_address(db_session, cast, "administrator", address, way)
    leave(Recipients(persons=[cast["administrator"].person_id]))
    office.deliver(mail=mail)
    assert (len(told(db_session)), len(office.tray.letters)) == (notified, sent)


class Killed(BaseException):
    """What the end of a process looks like from inside."""


def test_dying_between_events_tells_each_once(
    leave: Leave,
    office: Office,
    cast: Cast,
    db_session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed while the third of five events is written: its whole batch is made again."""
    for _ in range(5):
        leave(Recipients(persons=[cast["administrator"].person_id]))
    tell, count = service._notification, iter(range(10))

    def dies(*args: Any) -> Notification:
        if next(count) == 2:
            raise Killed
        return tell(*args)

    monkeypatch.setattr(service, "_notification", dies)
    with pytest.raises(Killed):
        office.deliver()
    assert told(db_session) == []
    office.deliver()
    assert told(db_session) == persons(cast, "administrator") * 5


def test_dying_while_a_letter_leaves_loses_none(
    leave: Leave, office: Office, cast: Cast, db_session: Session
) -> None:
    give_address(db_session, cast, "administrator", "zotova@example.org")
    for number in range(3):
        leave(Recipients(persons=[cast["administrator"].person_id]), key=f"letter-{number}")
    office.tray.fails = [Killed()]
    with pytest.raises(Killed):
        office.deliver()
    office.deliver()  # another process, at once: two of three
    assert len(office.tray.letters) == 2
    office.at += timedelta(minutes=1)
    office.deliver()
    office.at += timedelta(days=3)
    office.deliver()
    ids = [letter["Message-ID"] for letter in office.tray.letters]
    assert len(ids) == len(set(ids)) == 3


def test_a_letter_is_tried_again_and_at_last_given_up(
    office: Office, cast: Cast, db_session: Session
) -> None:
    queue_mail(
        db_session,
        organisation_id=cast.school,
        to=Addressee(address="zotova@example.org"),
        subject=N_("Unlocks: requests and answers"),
        lines=["пароль: тайна"],
        now=NOW,
        secret=True,
    )
    db_session.commit()
    office.tray.fails = [SMTPServerDisconnected("busy") for _ in range(9)]
    tries = 0
    while office.at < NOW + timedelta(days=10):
        before = len(office.tray.fails)
        office.deliver()
        tries += before - len(office.tray.fails)
        office.at += timedelta(minutes=30)
    row = db_session.scalars(select(Mail)).one()
    assert (tries, row.attempts, row.due_at, row.sent_at, row.fault) == (9, 9, None, None, "busy")
    assert row.lines is None and office.tray.letters == []


def test_what_has_left_is_forgotten_and_what_is_refused_not_repeated(
    office: Office, cast: Cast, db_session: Session
) -> None:
    for address in ("nobody@example.org", "zotova@example.org", "zotova"):
        facts: Any = {"organisation_id": cast.school, "to": Addressee(address=address), "now": NOW}
        subject = N_("Unlocks: requests and answers")
        queue_mail(db_session, **facts, subject=subject, lines=["пароль: тайна"])
    db_session.commit()
    office.tray.fails = [Undeliverable("no such mailbox")]
    office.deliver()
    rows = db_session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(one.sent_at is not None, one.due_at, one.lines) for one in rows] == [
        (False, None, '["пароль: тайна"]'),  # kept to be sent again
        (True, None, None),
        (True, None, None),
    ]
    assert "пароль: тайна" in office.tray.letters[0].get_content()


def test_a_spoilt_event_stops_nobody(
    leave: Leave, office: Office, cast: Cast, db_session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    emit(db_session, organisation_id=cast.school, kind="nonsense", facts={}, now=NOW)
    leave(Recipients(persons=[cast["administrator"].person_id]))
    office.deliver()
    assert told(db_session) == persons(cast, "administrator")
    spoilt, good = db_session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)).all()
    assert spoilt.handled_at == NOW and "nonsense" in (spoilt.fault or "") and good.fault is None
    assert json.loads(good.facts)["kind"] == "unlocks" and caplog.records


def test_schools_are_kept_apart(office: Office, cast: Cast, db_session: Session) -> None:
    """An event of the neighbour that names our people by mistake tells nobody."""
    to = {"persons": [cast["administrator"].person_id], "may": "approve_unlock"}
    facts = {"kind": "unlocks", "to": to, "message": {"key": "x"}}
    facts |= {"detail": None, "link": None, "key": None}
    with across(db_session, "the neighbour's event"):
        emit(db_session, organisation_id=cast.foreign_school, kind="notice", facts=facts, now=NOW)
        db_session.commit()
    office.deliver()
    assert told(db_session) == persons(cast, "foreign_administrator")
