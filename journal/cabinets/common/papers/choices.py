"""What a form may be asked for by this reader, and what the address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import request

from journal.access import Permission
from journal.cabinets.common.papers.places import place_options
from journal.core.messages import N_
from journal.diary.queries.reader import first_pupil
from journal.lessons.queries.course_lists import courses_of_staff
from journal.reports.kinds.asking import Ask, Choice, Desk, FormKind
from journal.reports.kinds.class_units import readable_classes
from journal.school.class_names import class_of_pupil
from journal.school.class_reader import load_class
from journal.school.courses import CourseFilter, course_choices, courses_of
from journal.school.directory import subject_rows
from journal.school.pupil_queries import family
from journal.school.stays import stays_of_class
from journal.school.titles import course_title
from journal.webkit.filters import typed_day, typed_number
from journal.webkit.i18n import say

ALL = "all"
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Select:
    """A drop-down of the page: its name in the address, label, (value, words), the chosen value."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The drop-downs, whether a span of days and a past day are asked for, and the choice."""

    selects: tuple[Select, ...]
    days: bool
    dated: bool
    ask: Ask
    wide: bool

    def args(self) -> dict[str, str]:
        """The choice as it stands in an address."""
        return args_of(self.ask, self.wide)


_NAMES = {
    "year_id": "year",
    "class_id": "class",
    "pupil_id": "pupil",
    "course_id": "course",
    "subject_id": "subject",
    "at": "at",
    "first": "from",
    "last": "to",
    "as_of": "asof",
}


def args_of(ask: Ask, wide: bool) -> dict[str, str]:
    """A choice as it stands in an address."""
    found = {_NAMES[field]: str(value) for field, value in asdict(ask).items() if value is not None}
    if wide:
        found.setdefault("course" if "class" in found else "class", ALL)
    return found


def asked() -> Ask:
    """What the address says; ids that are none count as not said."""
    return Ask(
        year_id=typed_number("year"),
        class_id=typed_number("class"),
        pupil_id=typed_number("pupil"),
        course_id=typed_number("course"),
        subject_id=typed_number("subject"),
        at=request.args.get("at") or None,
        first=typed_day("from"),
        last=typed_day("to"),
        as_of=typed_day("asof"),
    )


def choices_of(desk: Desk, kind: FormKind) -> Choices:
    """The page's choices; what is not said stands at the first the reader has."""
    ask, selects = asked(), []
    wide = False
    for choice in kind.asks:
        found = _READERS[choice](desk, kind, ask) if choice in _READERS else None
        if found is None:
            continue
        select, ask = found
        wide = wide or (select.chosen == ALL and choice in ("class", "course"))
        selects.append(select)
    wide = wide and kind.wide(ask)
    shown = tuple(one for one in selects if len(one.options) > 1 or one.chosen == ALL)
    return Choices(
        selects=shown,
        days="span" in kind.asks,
        dated="as_of" in kind.asks,
        ask=ask,
        wide=wide,
    )


_Found = tuple[Select, Ask] | None


def _class(desk: Desk, kind: FormKind, ask: Ask) -> _Found:
    if _reads_family(desk):
        return None
    options: list[Option] = [(str(id_), name) for id_, name in readable_classes(desk, ask)]
    if request.args.get("class") == ALL and len(options) > 1:
        chosen = ALL
    else:
        ask = replace(ask, class_id=_chosen_class(desk, ask) or _first(options))
        chosen = str(ask.class_id or "")
    if len(options) > 1:
        options.append((ALL, say(N_("all classes"))))
    return Select("class", say(N_("Class")), tuple(options), chosen), ask


def _chosen_class(desk: Desk, ask: Ask) -> int | None:
    """The class named, or that of the pupil named. NotFound, Forbidden as `load_class`."""
    class_id = ask.class_id
    if class_id is None and ask.pupil_id is not None:
        class_id = class_of_pupil(desk.session, ask.pupil_id, desk.today) or 0
    return None if class_id is None else load_class(desk.session, desk.actor, class_id).id


def _reads_family(desk: Desk) -> bool:
    actor = desk.actor
    return not (actor.may(Permission.READ_ANY_JOURNAL) or actor.may(Permission.OPEN_JOURNAL))


def _first(options: Sequence[Option]) -> int | None:
    return int(options[0][0]) if options else None


def _pupil(desk: Desk, kind: FormKind, ask: Ask) -> _Found:
    if _reads_family(desk):
        ask = replace(ask, pupil_id=ask.pupil_id or _own_pupil(desk))
        own = family(desk.session, desk.actor, pupil_id=None, now=desk.now).own
        options = [(str(one.id), one.name) for one in own]
    elif ask.class_id is None and ask.pupil_id is None:
        return None
    else:
        options = _pupils(desk, ask)
        known = ask.pupil_id if str(ask.pupil_id) in dict(options) else _first(options)
        ask = replace(ask, pupil_id=None if request.args.get("pupil") == ALL else known)
        if ask.class_id is not None:
            options.append((ALL, say(N_("the whole class"))))
    return Select("pupil", say(N_("Pupil")), tuple(options), str(ask.pupil_id or ALL)), ask


def _own_pupil(desk: Desk) -> int | None:
    return first_pupil(desk.session, desk.actor, now=desk.now)


def _pupils(desk: Desk, ask: Ask) -> list[Option]:
    if ask.class_id is None:
        return []
    year = desk.year(ask)
    stays = stays_of_class(desk.session, ask.class_id, academic_year_id=year.id)
    own = {one.pupil_id: one.name for one in stays if one.class_group_id == ask.class_id}
    return [(str(pupil_id), name) for pupil_id, name in own.items()]


def _course(desk: Desk, kind: FormKind, ask: Ask) -> _Found:
    options = _courses(desk, ask)
    classes = readable_classes(desk, ask)
    if request.args.get("course") == ALL and classes:
        chosen = ALL
    else:
        ask = replace(ask, course_id=ask.course_id or _first(options))
        chosen = str(ask.course_id or "")
    if classes:
        options.append((ALL, say(N_("all courses"))))
    return Select("course", say(N_("Course")), tuple(options), chosen), ask


def _courses(desk: Desk, ask: Ask) -> list[Option]:
    year_id, staff_id = desk.year(ask).id, desk.actor.current.staff_id or 0
    if desk.actor.may(Permission.READ_ANY_JOURNAL):
        return [(str(id_), name) for id_, name in course_choices(desk.session, year_id)]
    found = {
        one.course_id: one.title
        for one in courses_of_staff(desk.session, staff_id=staff_id, year_id=year_id, now=desk.now)
    }
    for class_id, _ in readable_classes(desk, ask):
        wanted = CourseFilter(academic_year_id=year_id, class_group_id=class_id)
        for course in courses_of(desk.session, wanted):
            title = course_title(course.classes, course.subject, course.group_name)
            found.setdefault(course.id, title)
    return [(str(id_), name) for id_, name in found.items()]


def _subject(desk: Desk, kind: FormKind, ask: Ask) -> _Found:
    rows = subject_rows(desk.session, desk.year(ask).id)
    options = [("", say(N_("all subjects")))]
    options += [(str(one.id), one.name) for one in rows if one.courses]
    chosen = str(ask.subject_id or "")
    return Select("subject", say(N_("Subject")), tuple(options), chosen), ask


def _place(desk: Desk, kind: FormKind, ask: Ask) -> _Found:
    options = place_options(desk, kind, ask)
    chosen = ask.at or ""
    return Select("at", say(N_("Term")), tuple(options), chosen), ask


_READERS: dict[Choice, Any] = {
    "class": _class,
    "pupil": _pupil,
    "course": _course,
    "subject": _subject,
    "place": _place,
    "period": _place,
}
