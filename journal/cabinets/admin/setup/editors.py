"""What can be created, changed and deleted on a page of its own: one description each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.cabinets.admin.setup import forms
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.office.setup import breaks, calendar, classes, ground, reading
from journal.people.names import staff_choices
from journal.school.calendar import YearSpan
from journal.webkit.fields import with_nobody
from journal.webkit.forms import Form

ONE_DAY = timedelta(days=1)
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Who saves or deletes, when, in which year."""

    session: Session
    actor: Actor
    year: YearSpan | None
    now: datetime

    @property
    def year_id(self) -> int:
        """The year of what belongs to one; NotFound where there is none yet."""
        if self.year is None:
            raise NotFound()
        return self.year.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """One kind of thing. `back` is the endpoint of its list, `anchor` the place there."""

    form: type[Form]
    new: Message
    edit: Message
    saved: Message
    back: str
    anchor: str
    read: Callable[[Session, int], Given]
    save: Callable[[Act, int | None, Any], int]
    delete: Callable[[Act, int], None]
    choices: Callable[[Session, Any], None] = lambda session, form: None


def _last(facts: Any) -> dict[str, Any]:
    return {"last_day": facts.ends_before - ONE_DAY}


def _read_year(session: Session, year_id: int) -> Given:
    facts = reading.year_facts(session, year_id)
    return {"name": facts.name, "starts_on": facts.starts_on, **_last(facts)}


def _save_year(act: Act, year_id: int | None, form: forms.YearForm) -> int:
    facts = calendar.YearFacts(
        name=form.name.data, starts_on=form.starts_on.data, ends_before=form.last_day.data + ONE_DAY
    )
    found = calendar.save_year(act.session, act.actor, year_id=year_id, facts=facts, now=act.now)
    if year_id is None and form.copy_last.data and act.year is not None:
        breaks.copy_calendar(act.session, act.actor, from_id=act.year.id, to_id=found, now=act.now)
    return found


def _read_holiday(session: Session, holiday_id: int) -> Given:
    facts, _ = reading.holiday_facts(session, holiday_id)
    return {
        "name": facts.name,
        "starts_on": facts.starts_on,
        "grades": facts.grades,
        **_last(facts),
    }


def _save_holiday(act: Act, holiday_id: int | None, form: forms.HolidayForm) -> int:
    year_id = reading.holiday_facts(act.session, holiday_id)[1] if holiday_id else act.year_id
    facts = breaks.HolidayFacts(
        name=form.name.data,
        starts_on=form.starts_on.data,
        ends_before=form.last_day.data + ONE_DAY,
        grades=form.grades.data or frozenset(),
    )
    return breaks.save_holiday(
        act.session, act.actor, year_id=year_id, holiday_id=holiday_id, facts=facts, now=act.now
    )


def _read_moved(session: Session, moved_id: int) -> Given:
    facts, _ = reading.moved_day_facts(session, moved_id)
    return {
        "day": facts.day,
        "follows_weekday": facts.follows_weekday,
        "grades": facts.grades,
    }


def _save_moved(act: Act, moved_id: int | None, form: forms.MovedDayForm) -> int:
    year_id = reading.moved_day_facts(act.session, moved_id)[1] if moved_id else act.year_id
    facts = breaks.MovedDayFacts(
        day=form.day.data,
        follows_weekday=form.follows_weekday.data,
        grades=form.grades.data or frozenset(),
    )
    return breaks.save_moved_day(
        act.session, act.actor, year_id=year_id, moved_id=moved_id, facts=facts, now=act.now
    )


def _weekdays(session: Session, form: forms.MovedDayForm) -> None:
    form.follows_weekday.choices = forms.weekdays()


def _save_subject(act: Act, subject_id: int | None, form: forms.SubjectForm) -> int:
    facts = ground.SubjectFacts(
        name=form.name.data,
        short_name=form.short_name.data,
        area=form.area.data,
        scale=form.scale.data,
    )
    return ground.save_subject(
        act.session, act.actor, subject_id=subject_id, facts=facts, now=act.now
    )


def _scales(session: Session, form: forms.SubjectForm) -> None:
    form.scale.choices = forms.scales()


def _save_room(act: Act, room_id: int | None, form: forms.RoomForm) -> int:
    facts = ground.RoomFacts(
        name=form.name.data, capacity=form.capacity.data, purpose=form.purpose.data
    )
    return ground.save_room(act.session, act.actor, room_id=room_id, facts=facts, now=act.now)


def _read_class(session: Session, class_id: int) -> Given:
    facts, _, bells_id = reading.class_facts(session, class_id)
    return {**asdict(facts), "bells_id": bells_id}


def _save_class(act: Act, class_id: int | None, form: forms.ClassForm) -> int:
    year_id = reading.class_facts(act.session, class_id)[1] if class_id else act.year_id
    facts = classes.ClassFacts(
        name=form.name.data,
        study_form=form.study_form.data,
        shift=form.shift.data,
        days_per_week=form.days_per_week.data,
        class_teacher_id=form.class_teacher_id.data,
        room_id=form.room_id.data,
    )
    return classes.save_class(
        act.session,
        act.actor,
        year_id=year_id,
        class_id=class_id,
        facts=facts,
        bells_id=form.bells_id.data,
        now=act.now,
    )


def _class_choices(session: Session, form: forms.ClassForm) -> None:
    form.class_teacher_id.choices = with_nobody(staff_choices(session))
    form.bells_id.choices = with_nobody(reading.bells_choices(session))
    form.room_id.choices = with_nobody(reading.room_choices(session))
    form.study_form.choices = forms.study_forms()


Delete = Callable[..., None]


def _deleting(delete: Delete) -> Callable[[Act, int], None]:
    return lambda act, row_id: delete(act.session, act.actor, row_id, now=act.now)


EDITORS: dict[str, Editor] = {
    "year": Editor(
        form=forms.YearForm,
        new=N_("New academic year"),
        edit=N_("Academic year"),
        saved=N_("The academic year is saved."),
        back="admin.calendar",
        anchor="years",
        read=_read_year,
        save=_save_year,
        delete=_deleting(calendar.delete_year),
    ),
    "holiday": Editor(
        form=forms.HolidayForm,
        new=N_("New holidays"),
        edit=N_("Holidays"),
        saved=N_("The holidays are saved; the lessons follow."),
        back="admin.calendar",
        anchor="holidays",
        read=_read_holiday,
        save=_save_holiday,
        delete=_deleting(breaks.delete_holiday),
    ),
    "moved-day": Editor(
        form=forms.MovedDayForm,
        new=N_("New moved day"),
        edit=N_("Moved day"),
        saved=N_("The moved day is saved; the lessons follow."),
        back="admin.calendar",
        anchor="moved",
        read=_read_moved,
        save=_save_moved,
        delete=_deleting(breaks.delete_moved_day),
        choices=_weekdays,
    ),
    "subject": Editor(
        form=forms.SubjectForm,
        new=N_("New subject"),
        edit=N_("Subject"),
        saved=N_("The subject is saved."),
        back="admin.lists",
        anchor="subjects",
        read=lambda session, row_id: asdict(reading.subject_facts(session, row_id)),
        save=_save_subject,
        delete=_deleting(ground.delete_subject),
        choices=_scales,
    ),
    "room": Editor(
        form=forms.RoomForm,
        new=N_("New room"),
        edit=N_("Room"),
        saved=N_("The room is saved."),
        back="admin.lists",
        anchor="rooms",
        read=lambda session, row_id: asdict(reading.room_facts(session, row_id)),
        save=_save_room,
        delete=_deleting(ground.delete_room),
    ),
    "class": Editor(
        form=forms.ClassForm,
        new=N_("New class"),
        edit=N_("Class"),
        saved=N_("The class is saved."),
        back="admin.classes",
        anchor="",
        read=_read_class,
        save=_save_class,
        delete=_deleting(classes.delete_class),
        choices=_class_choices,
    ),
}


def editor_of(kind: str) -> Editor:
    """The editor of an address; NotFound for a kind nobody knows."""
    if kind not in EDITORS:
        raise NotFound()
    return EDITORS[kind]
