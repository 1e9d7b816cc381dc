"""The cast, and whom and what the matrix needs beside it: two schools at once, jobs, unlocks.

Everything has a name that the table uses: `course=other_class`, `pupil=foreign_pupil`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.attendance.alerts.models import AbsenceThreshold
from journal.attendance.models import Excuse, ExcuseFile, Exemption
from journal.core.files import StoredFile
from journal.core.jobs.models import Job, JobState
from journal.core.tenancy import across
from journal.lessons.models import EditPolicy, Unlock, WindowExtension
from journal.messages.models import (
    Letter,
    LetterCopy,
    LetterFile,
    LetterTemplate,
    Mail,
    Notification,
)
from journal.people.models import Account, GuardianLink, Person, Pupil
from journal.people.pupil_notes.models import PupilNote
from journal.school.models import ClassGroup, Term
from journal.timetable.models import BellSchedule
from tests.access.archive import add_archive
from tests.access.monitoring import add_region
from tests.access.planning import add_planning
from tests.access.results import certified, coming_rules
from tests.cast import MEMBERS, NOW, Cast
from tests.factories import SchoolBuilder
from tests.homework import give_file, give_task, give_template

FOREIGN_STAFF = ("foreign_administrator", "foreign_teacher")
FOREIGN = (*FOREIGN_STAFF, "foreign_parent", "foreign_pupil")
# The columns of the table, in groups.
COLUMNS: tuple[tuple[str, ...], ...] = (
    ("own_teacher", "other_teacher", "class_teacher", "newcomer", "former_teacher"),
    ("deputy", "director", "administrator", "specialist", "coordinator"),
    ("parent", "stranger_parent", "pupil", "classmate", "stranger_pupil"),
    FOREIGN,
    ("bridge_here", "bridge_there"),
    ("nobody",),
)
EVERYBODY = tuple(name for group in COLUMNS for name in group)
CERTIFICATE = b"\x89PNG\r\n\x1a\n a certificate"
MISSING, HUGE = 999_999, 2**63


@dataclass(frozen=True, slots=True)
class Seat:
    """Who looks: the account's session and the organisation chosen in it, if any."""

    session_id: str | None
    organisation_id: int | None = None

    @property
    def cookie(self) -> dict[str, object]:
        """What the signed session cookie holds."""
        if self.session_id is None:
            return {}
        signed_in: dict[str, object] = {"_user_id": self.session_id, "_fresh": True}
        if self.organisation_id is not None:
            signed_in["organisation"] = self.organisation_id
        return signed_in


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and everything by name."""

    cast: Cast
    seats: dict[str, Seat] = field(default_factory=dict)
    objects: dict[str, dict[str, int]] = field(default_factory=dict)

    def id_of(self, argument: str, name: str) -> object:
        """The id of an object by the argument's name; what is no object stands for itself."""
        if name in ("missing", "huge"):
            return MISSING if name == "missing" else HUGE
        kind = argument.removesuffix("_id")
        return self.objects.get(kind, {}).get(name, name)


def load_world(session: Session, cast: Cast) -> World:
    """Write what the cast lacks; the caller commits."""
    world = World(cast)
    with across(session, "both schools of the matrix"):
        builders = {
            "own": SchoolBuilder.of(session, cast.school),
            "foreign": SchoolBuilder.of(session, cast.foreign_school),
        }
        _seats(world)
        _more_staff(world, builders["own"])
        _bridge(world, builders)
        _objects(world, session)
        for name, builder in builders.items():
            _jobs(world, builder, name)
            sheet = certified(builder, cast.classes[name])
            world.objects.setdefault("sheet", {})[name] = sheet
            world.objects.setdefault("rules", {})[name] = coming_rules(builder)
            _unlocks(world, builder, name)
            _homework(world, session, name)
            _notification(world, builder, name)
            _windows(world, builder, name)
            _letter(world, builder, name)
            _mail(world, builder, name)
            add_planning(world.objects, cast, builder, name)
            _excuses(world, builder, name)
            _threshold(world, builder, name)
            _release(world, builder, name)
            _notes(world, builder, name)
            add_archive(world.objects, builder, name, CERTIFICATE)
        add_region(world.objects, cast, session)
    return world


def _seats(world: World) -> None:
    for name in MEMBERS:
        world.seats[name] = Seat(world.cast[name].session_id)
    world.seats["nobody"] = Seat(None)


def _more_staff(world: World, school: SchoolBuilder) -> None:
    """A coordinator who hands out passwords, a newcomer with a temporary one, one who has left."""
    plan = (
        ("coordinator", "Воронова Зоя Ильинична", Role.MONITORING_COORDINATOR),
        ("newcomer", "Галкин Юрий Петрович", Role.TEACHER),
        ("former_teacher", "Сорокин Лев Ильич", Role.TEACHER),
    )
    for name, full_name, role in plan:
        staff = school.staff(full_name, role)
        person = school.session.get_one(Person, staff.person_id)
        world.seats[name] = Seat(f"{person.account_id}.1")
        account = school.session.get_one(Account, person.account_id)
        account.password_is_temporary = name == "newcomer"
        staff.left_on = date(2026, 11, 1) if name == "former_teacher" else None


def _bridge(world: World, schools: Mapping[str, SchoolBuilder]) -> None:
    """One login: a parent in «№ 17», administrator and teacher in «№ 5»."""
    here, there = schools["own"], schools["foreign"]
    group = here.session.get_one(ClassGroup, world.cast.classes["other"])
    child = here.pupil("Мостовая Ника Глебовна", group)
    guardian = here.guardian("Мостовой Глеб Андреевич", child)
    staff = there.staff("Мостовой Глеб Андреевич", Role.ADMINISTRATOR, Role.TEACHER)
    account_id = here.session.get_one(Person, guardian.person_id).account_id
    here.session.get_one(Person, staff.person_id).account_id = account_id
    world.cast.pupils["bridge_child"] = child.id
    for name, school in (("bridge_here", here), ("bridge_there", there)):
        world.seats[name] = Seat(f"{account_id}.1", school.organisation.id)


def _objects(world: World, session: Session) -> None:
    cast = world.cast
    persons = {name: member.person_id for name, member in cast.members.items()}
    for name, pupil_id in cast.pupils.items():
        persons.setdefault(name, session.get_one(Pupil, pupil_id).person_id)
    staff = {n: one.staff_id for n, one in cast.members.items() if one.staff_id is not None}
    world.objects.update(
        course=cast.courses,
        lesson=cast.lessons,
        pupil=cast.pupils,
        person=persons,
        teacher=staff,
        work=cast.works,
        mark=cast.marks,
        subject=cast.subjects,
        year={"own": cast.year, "foreign": cast.foreign_year},
        organisation={"own": cast.school, "foreign": cast.foreign_school},
    )
    world.objects["class"] = world.objects["class_group"] = cast.classes
    world.objects["pupils"] = cast.pupils
    keepers = {"own": "own_teacher", "foreign": "foreign_teacher"}
    world.objects["keeper"] = {name: staff[member] for name, member in keepers.items()}
    world.objects["link"] = dict.fromkeys(("own", "foreign"), 0)
    links = select(GuardianLink.organisation_id, GuardianLink.id).order_by(GuardianLink.id.desc())
    for place, row_id in session.execute(links):
        world.objects["link"]["own" if place == cast.school else "foreign"] = row_id
    world.objects["number"] = {"own": 7, "foreign": 5}  # items of the plan: his, the director's
    world.objects["item"] = {"own": cast.subjects["maths"], "foreign": cast.subjects["foreign"]}
    for row_id, place in session.execute(select(BellSchedule.id, BellSchedule.organisation_id)):
        name = "own" if place == cast.school else "foreign"
        world.objects.setdefault("bells", {})[name] = row_id
    terms = session.execute(
        select(Term.organisation_id, Term.number, Term.id).order_by(Term.organisation_id)
    )
    places = {cast.school: "", cast.foreign_school: "foreign_"}
    world.objects["term"] = {f"{places[place]}{number}": key for place, number, key in terms}


def _excuses(world: World, school: SchoolBuilder, name: str) -> None:
    """Of the own pupil in every state, of one of another class, of one next door."""
    parent = world.cast["parent" if name == "own" else "foreign_parent"].person_id
    plan = {"own": ("pupil", "submitted"), "other": ("sibling", "submitted")}
    plan |= {state: ("pupil", state) for state in ("asked", "endorsed", "confirmed")}
    if name == "foreign":
        plan = {"foreign": ("foreign_pupil", "submitted")}
    for key, (pupil, status) in plan.items():
        excuse = school.add(
            Excuse,
            pupil_id=world.cast.pupils[pupil],
            starts_on=date(2026, 11, 16),
            ends_before=None if status == "confirmed" else date(2026, 11, 21),
            code="b",
            text="ОРВИ",
            submitted_by=parent,
            submitted_at=NOW,
            status=status,
            question="Есть ли справка?" if status == "asked" else None,
        )
        world.objects.setdefault("excuse", {})[key] = excuse.id
        if key in ("own", "foreign"):
            name_of_file = f"{key}_certificate"
            world.objects.setdefault("file", {})[name_of_file] = _paper(school, excuse.id)


def _threshold(world: World, school: SchoolBuilder, name: str) -> None:
    facts = {"measure": "lessons", "bound": 9, "window_days": 28, "codes": "n"}
    world.objects.setdefault("threshold", {})[name] = school.add(AbsenceThreshold, **facts).id


def _release(world: World, school: SchoolBuilder, name: str) -> None:
    """From literature: its lessons are nobody else's in the matrix."""
    pupil = world.cast.pupils["pupil" if name == "own" else "foreign_pupil"]
    days = {"starts_on": date(2026, 11, 23), "ends_before": date(2026, 12, 1)}
    facts = {"pupil_id": pupil, "kind": "practice", "order_text": "№ 45 от 20.11.2026"}
    subject = world.cast.subjects["reading" if name == "own" else "foreign"]
    row = school.add(Exemption, **facts, subject_id=subject, **days)
    world.objects.setdefault("release", {})[name] = row.id


def _notes(world: World, school: SchoolBuilder, name: str) -> None:
    """Of the specialist, of somebody else of the school, of the neighbours."""
    plan = {"own": ("specialist", "pupil"), "other": ("deputy", "pupil")}
    if name == "foreign":
        plan = {"foreign": ("foreign_teacher", "foreign_pupil")}
    for key, (author, pupil) in plan.items():
        who = {"person_id": world.cast[author].person_id, "pupil_id": world.cast.pupils[pupil]}
        note = school.add(PupilNote, **who, text="Тихий", shared=False, written_at=NOW)
        world.objects.setdefault("note", {})[key] = note.id


def _paper(school: SchoolBuilder, excuse_id: int) -> int:
    kept = _stored(school)
    school.add(ExcuseFile, excuse_id=excuse_id, stored_file_id=kept)
    return kept


def _stored(school: SchoolBuilder) -> int:
    """A certificate; its bytes are put into the store by whoever serves the matrix."""
    sha256 = hashlib.sha256(CERTIFICATE).hexdigest()
    facts = {"sha256": sha256, "size": len(CERTIFICATE), "media_type": "image/png"}
    return school.add(StoredFile, name="справка.png", uploaded_at=NOW, **facts).id


def _jobs(world: World, school: SchoolBuilder, name: str) -> None:
    job = school.add(
        Job,
        kind="check_school",
        state=JobState.DONE,
        result='{"lines": []}',
        output=b"faulty",
        output_name=f"{school.organisation.short_name}.xlsx",
        payload=b"workbook",
        created_at=NOW,
        finished_at=NOW,
    )
    world.objects.setdefault("job", {})[name] = job.id
    keeper = "class_teacher" if name == "own" else "foreign_teacher"
    forms = school.add(
        Job,
        kind="make_forms",
        state=JobState.DONE,
        params='{"form": "class", "name": "Отчёт"}',
        output=b"%PDF-",
        output_name="forms.pdf",
        account_id=world.cast[keeper].account_id,
        created_at=NOW,
        finished_at=NOW,
    )
    world.objects["job"][f"{name}_forms"] = forms.id


def _unlocks(world: World, school: SchoolBuilder, name: str) -> None:
    """One that waits in each school, and one that was refused long ago."""
    teacher = "own_teacher" if name == "own" else "foreign_teacher"
    facts = {
        "staff_id": world.cast[teacher].staff_id,
        "course_id": world.cast.courses[name],
        "lessons_from": date(2026, 11, 13),
        "lessons_before": date(2026, 11, 14),
        "kinds": "marks",
        "reason": "Болезнь",
        "requested_at": NOW,
    }
    unlocks = world.objects.setdefault("unlock", {})
    unlocks[name] = school.add(Unlock, status="pending", **facts).id
    decider = "administrator" if name == "own" else "foreign_administrator"
    decided = {"decided_by": world.cast[decider].staff_id, "decided_at": NOW}
    until: dict[str, object] = {"decided_at": NOW, "expires_at": NOW + timedelta(hours=2)}
    until |= {"lessons_from": date(2026, 11, 9), "lessons_before": date(2026, 11, 10)}
    unlocks[f"{name}_running"] = school.add(Unlock, status="granted", **(facts | until)).id
    unlocks[f"{name}_refused"] = school.add(Unlock, status="refused", **facts, **decided).id


def _notification(world: World, school: SchoolBuilder, name: str) -> None:
    """One of own_teacher's, one of the neighbour's administrator."""
    member = "own_teacher" if name == "own" else "foreign_administrator"
    told = school.add(
        Notification,
        person_id=world.cast[member].person_id,
        kind="unlocks",
        key="event-1",
        message='{"key": "Everything is read", "params": {}}',
        created_at=NOW,
    )
    world.objects.setdefault("notification", {})[name] = told.id


def _windows(world: World, school: SchoolBuilder, name: str) -> None:
    """A version of the edit policy that lies ahead, and an exception, in each school."""
    ahead = school.add(EditPolicy, valid_from=date(2026, 12, 1))
    world.objects.setdefault("policy", {})[name] = ahead.id
    extension = school.add(
        WindowExtension,
        kinds="homework",
        lessons_from=date(2026, 11, 9),
        lessons_before=date(2026, 11, 10),
        last_day=date(2026, 11, 30),
        grades=frozenset({11}),
        reason="Карантин",
        made_at=NOW,
        made_by="Администратор",
    )
    world.objects.setdefault("extension", {})[name] = extension.id


def _mail(world: World, school: SchoolBuilder, name: str) -> None:
    """An e-mail that was given up."""
    mail = school.add(
        Mail,
        address="nobody@example.org",
        subject='{"key": "Unlocks", "params": {}}',
        lines='["text"]',
        message_id=f"mail-{name}",
        created_at=NOW,
        attempts=9,
        fault="550 no such mailbox",
    )
    world.objects.setdefault("mail", {})[name] = mail.id


def _letter(world: World, school: SchoolBuilder, name: str) -> None:
    """From the class teacher to a parent, in each school."""
    sender, recipient = ("class_teacher", "parent")
    if name == "foreign":
        sender, recipient = ("foreign_teacher", "foreign_parent")
    facts = {"about": "success", "subject": "Успехи", "sent_at": NOW}
    letter = school.add(Letter, person_id=world.cast[sender].person_id, **facts)
    copy = school.add(
        LetterCopy,
        letter_id=letter.id,
        person_id=world.cast[recipient].person_id,
        text="Всё хорошо.",
    )
    world.objects.setdefault("letter", {})[name] = letter.id
    world.objects.setdefault("copy", {})[name] = copy.id
    file = _stored(school)
    school.add(LetterFile, letter_id=letter.id, stored_file_id=file)
    world.objects.setdefault("file", {})[f"{name}_letter"] = file
    words = {"about": "other", "subject": "Вход", "text": "Наш адрес: {адрес}"}
    template = school.add(LetterTemplate, **words)
    world.objects.setdefault("letter_template", {})[name] = template.id


def _homework(world: World, session: Session, name: str) -> None:
    """A file for everybody of the course, one for the pupil alone, a task, a template."""
    cast = world.cast
    pupil, teacher, place = {
        "own": ("pupil", "own_teacher", cast.school),
        "foreign": ("foreign_pupil", "foreign_teacher", cast.foreign_school),
    }[name]
    lesson_id = cast.lessons[name]
    task_id = give_task(session, lesson_id, [cast.pupils[pupil]])
    files = world.objects.setdefault("file", {})
    files[name] = give_file(session, lesson_id)
    files[f"{name}_alone"] = give_file(session, lesson_id, task_id=task_id)
    world.objects.setdefault("task", {})[name] = task_id
    staff_id = cast[teacher].staff_id or 0
    template_id = give_template(session, place, staff_id)
    world.objects.setdefault("template", {})[name] = template_id
