"""Pure: what a file of aSc Timetables means in this school, or why it means nothing there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journal.core.messages import N_, Message
from journal.core.text import cyrillic
from journal.timetable.words import WEEKDAYS
from journal.transfer.asc.parsing import Rows

Row = Mapping[str, str]
MOST_NUMBERS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCourse:
    """A course with who teaches it in the days of the draft."""

    id: int
    classes: frozenset[str]
    subject_id: int
    group: str
    teachers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSchool:
    """What the file is matched to. Names by id; staff as (surname, given name, patronymic)."""

    classes: Sequence[str]
    staff: Mapping[int, tuple[str, str, str]]
    subjects: Mapping[int, tuple[str, str]]
    rooms: Mapping[int, str]
    courses: Sequence[KnownCourse]


@dataclass(frozen=True, slots=True, order=True)
class AscSlot:
    """A weekly lesson of the draft."""

    course_id: int
    staff_id: int
    weekday: int
    lesson_number: int
    week_kind: str
    room_id: int | None


@dataclass(frozen=True, slots=True)
class Matched:
    """The lessons, or what stands against them; with faults there are no lessons to write."""

    slots: tuple[AscSlot, ...]
    faults: tuple[Message, ...]


def squeeze(name: str) -> str:
    """A name for comparison: without spaces, stops, quotes; ё = е; Latin look-alikes forgiven."""
    folded = cyrillic(name).casefold().replace("ё", "е")
    return re.sub(r"[\W_]+", "", folded)


def match_asc(rows: Rows, school: KnownSchool) -> Matched:
    """Match by names: the same file and school give the same result."""
    return _Matching(rows, school).result()


class _Matching:
    def __init__(self, rows: Rows, school: KnownSchool) -> None:
        self._rows, self._school = rows, school
        self._faults: dict[str, Message] = {}
        classes = {squeeze(name): name for name in school.classes}
        subjects = {squeeze(s): key for key, (_, s) in school.subjects.items() if s}
        subjects |= {squeeze(name): key for key, (name, _) in school.subjects.items()}
        rooms = {squeeze(name): key for key, name in school.rooms.items()}
        self._used = self._needed()
        self._classes = self._named("class", classes, _NO_CLASS)
        self._subjects = self._named("subject", subjects, _NO_SUBJECT)
        self._rooms = self._named("classroom", rooms, _NO_ROOM)
        self._teachers = self._found_teachers()
        self._groups = {row.get("id", ""): row for row in rows.get("group", ())}
        self._courses: dict[tuple[frozenset[str], int], list[KnownCourse]] = defaultdict(list)
        for course in school.courses:
            self._courses[course.classes, course.subject_id].append(course)

    def result(self) -> Matched:
        """Lessons in order; faults in the order of the file."""
        stranger = self._of_another_school()
        lessons = {row.get("id", ""): row for row in self._rows.get("lesson", ())}
        slots: set[AscSlot] = set()
        for card in self._rows["card"]:
            lesson = lessons.get(card.get("lessonid", ""))
            if lesson is not None:
                slots.update(self._card(card, lesson))
        faults = (*stranger, *self._faults.values())
        return Matched((), faults) if faults else Matched(tuple(sorted(slots)), ())

    def _needed(self) -> frozenset[str]:
        """Ids that lessons and cards name: what nobody uses need not be known here."""
        names = ("classids", "subjectid", "teacherids", "classroomids")
        rows = (*self._rows.get("lesson", ()), *self._rows["card"])
        return frozenset(one for row in rows for name in names for one in _ids(row, name))

    def _named(self, tag: str, known: Mapping[str, object], words: Message) -> dict[str, object]:
        found: dict[str, object] = {}
        for row in self._rows.get(tag, ()):
            names = [row.get("name", ""), row.get("short", "")]
            hit = next((known[squeeze(name)] for name in names if squeeze(name) in known), None)
            if hit is not None:
                found[row.get("id", "")] = hit
            elif row.get("id", "") in self._used:
                self._fault(Message(words.key, {"name": names[0] or names[1]}))
        return found

    def _found_teachers(self) -> dict[str, int]:
        found = {}
        for row in self._rows.get("teacher", ()):
            hits = _teachers_named(row, self._school.staff)
            if len(hits) == 1:
                found[row.get("id", "")] = hits[0]
            elif row.get("id", "") in self._used:
                words = _TWO_TEACHERS if hits else _NO_TEACHER
                self._fault(Message(words.key, {"name": row.get("name", "")}))
        return found

    def _of_another_school(self) -> list[Message]:
        """Said first where hardly anything fits: the list below is then long."""
        all_classes = [r for r in self._rows.get("class", ()) if r.get("id", "") in self._used]
        known = sum(row.get("id", "") in self._classes for row in all_classes)
        if 2 * known >= len(all_classes):
            return []
        message = N_(
            "The file seems to be of another school: %(known)s of its %(all)s classes are here.",
            known=known,
            all=len(all_classes),
        )
        return [message]

    def _card(self, card: Row, lesson: Row) -> Iterable[AscSlot]:
        course = self._course(lesson)
        teachers = [
            self._teachers[one] for one in _ids(lesson, "teacherids") if one in self._teachers
        ]
        places = self._places(card, lesson)
        if course is None or not teachers or not places:
            return
        staff_id = next((one for one in teachers if one in course.teachers), teachers[0])
        if staff_id not in course.teachers:
            self._fault(self._about(_NOT_HIS, lesson))
            return
        rooms = [self._rooms[one] for one in _ids(card, "classroomids") if one in self._rooms]
        room_id = int(str(rooms[0])) if rooms else None
        for weekday, number, week_kind in places:
            yield AscSlot(course.id, staff_id, weekday, number, week_kind, room_id)

    def _course(self, lesson: Row) -> KnownCourse | None:
        """The course of a lesson: its classes, subject, and subgroup by name, else by teacher."""
        classes = [self._classes.get(one) for one in _ids(lesson, "classids")]
        subject = self._subjects.get(lesson.get("subjectid", ""))
        if not classes or None in classes or subject is None:
            return None  # said already
        key = frozenset(str(name) for name in classes), int(str(subject))
        courses = self._courses.get(key, [])
        groups = [self._groups[one] for one in _ids(lesson, "groupids") if one in self._groups]
        parts = [row for row in groups if row.get("entireclass", "1") != "1"]
        fitting = self._of_group(courses, parts, lesson)
        if len(fitting) != 1:
            self._fault(self._about(_NO_COURSE, lesson))
            return None
        return fitting[0]

    def _of_group(
        self, courses: Sequence[KnownCourse], parts: Sequence[Row], lesson: Row
    ) -> list[KnownCourse]:
        if not parts:
            return [one for one in courses if not one.group]
        names = {squeeze(row.get("name", "")) for row in parts}
        named = [one for one in courses if one.group and squeeze(one.group) in names]
        if named:
            return named
        teachers = {self._teachers.get(one) for one in _ids(lesson, "teacherids")}
        return [one for one in courses if one.group and one.teachers & teachers]

    def _places(self, card: Row, lesson: Row) -> list[tuple[int, int, str]]:
        """(weekday, number, week kind) of every hour of a card."""
        first, length = _number(card.get("period")), _number(lesson.get("periodspercard")) or 1
        days, kind = _weekdays(card), _week_kind(card.get("weeks", "1"))
        if first is None or not days:
            return []  # a card that lies beside the table
        if kind is None or max(days) > len(WEEKDAYS) or "0" in card.get("terms", "1"):
            self._fault(self._about(_STRANGE_CARD, lesson))
            return []
        if first + length - 1 > MOST_NUMBERS:
            self._fault(self._about(_STRANGE_CARD, lesson))
            return []
        return [(day, first + step, kind) for day in days for step in range(length)]

    def _about(self, words: Message, lesson: Row) -> Message:
        named = {
            "classes": self._names("class", _ids(lesson, "classids")),
            "subject": self._names("subject", _ids(lesson, "subjectid")),
            "teacher": self._names("teacher", _ids(lesson, "teacherids")),
            "group": self._names("group", _ids(lesson, "groupids")),
        }
        return Message(words.key, named)

    def _names(self, tag: str, ids: Sequence[str]) -> str:
        known = {row.get("id", ""): row.get("name", "") for row in self._rows.get(tag, ())}
        return ", ".join(known.get(one, one) for one in ids) or "–"

    def _fault(self, message: Message) -> None:
        self._faults.setdefault(str(message), message)


_NO_CLASS = N_("The school has no class «%(name)s».")
_NO_SUBJECT = N_("The school has no subject «%(name)s».")
_NO_ROOM = N_("The school has no room «%(name)s».")
_NO_TEACHER = N_("The school has no teacher «%(name)s».")
_TWO_TEACHERS = N_("Several teachers of the school may be «%(name)s»: give the full name.")
_NO_COURSE = N_(
    "The load has no course «%(subject)s» of %(classes)s (%(group)s), teacher %(teacher)s."
)
_NOT_HIS = N_("By the load %(teacher)s does not teach «%(subject)s» in %(classes)s in these days.")
_STRANGE_CARD = N_(
    "A card of «%(subject)s», %(classes)s, does not fit odd and even weeks: it has another cycle, "
    "a Sunday, a term of its own or a lesson number over 14."
)


def _ids(row: Row, name: str) -> list[str]:
    return [one for one in row.get(name, "").split(",") if one]


def _number(text: str | None) -> int | None:
    found = re.fullmatch(r"(\d{1,3})([.,]0+)?", text or "")
    return int(found[1]) if found else None


def _weekdays(card: Row) -> list[int]:
    """«10000» is Monday; older files number the days from 0."""
    if "days" in card:
        mask = card["days"].split(",")[0]
        return [place for place, bit in enumerate(mask, 1) if bit == "1"]
    day = _number(card.get("day"))
    return [] if day is None else [day + 1]


def _week_kind(weeks: str) -> str | None:
    if weeks and set(weeks) == {"1"}:
        return "every"
    return {"10": "odd", "01": "even"}.get(weeks)


def _teachers_named(row: Row, staff: Mapping[int, tuple[str, str, str]]) -> list[int]:
    """Who may be meant: the surname is the same, and so is whatever the file says of the rest."""
    last, first = row.get("lastname", "").strip(), row.get("firstname", "").strip()
    words = re.split(r"[\s.]+", f"{last} {first}" if last else row.get("name", ""))
    words = [squeeze(word) for word in words if squeeze(word)]
    if not words:
        return []
    hits = [
        staff_id
        for staff_id, names in staff.items()
        if squeeze(names[0]) == words[0] and _begins(words[1:], names[1:])
    ]
    exact = [one for one in hits if [squeeze(n) for n in staff[one] if n] == words]
    return exact or hits


def _begins(words: Sequence[str], names: Sequence[str]) -> bool:
    """«М», «Марина», «М П» all fit «Марина Павловна»."""
    pairs = zip(words, names, strict=False)
    return len(words) <= len(names) and all(squeeze(n).startswith(w) for w, n in pairs)
