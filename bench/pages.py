"""What is measured, and what it may cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import Any, Protocol
from urllib.parse import quote
from weakref import WeakKeyDictionary

from bench.school import TODAY, BenchSchool


class Answer(Protocol):
    """What both browsers answer with: the one over HTTP and the one inside the process."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...
    @property
    def json(self) -> Any: ...


class Browser(Protocol):
    """A signed-in browser."""

    def get(self, path: str, **headers: str) -> Answer: ...
    def post(self, path: str, body: Any, **headers: str) -> Answer: ...


Request = Callable[[Browser], Answer]
LAST_THREE = slice(-3, None)
SEARCH = f"/school/people?q={quote('Ученикова07')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its limits: times a bare page, queries, compressed kilobytes. `before` is asked
    for just before the page each time, and not timed."""

    name: str
    session: str
    request: Request
    times: float
    queries: int | None = None
    kilobytes: int | None = None
    before: Request | None = None


def reading(path: str) -> Request:
    """A page that is only read."""
    return lambda browser: browser.get(path)


def asking(path: str) -> Request:
    """The part of a page that its script asks for."""
    return lambda browser: browser.get(path, **{"X-Fragment": "1"})


def pages(school: BenchSchool) -> list[Page]:
    """The pages with a promise, in the order of the table."""
    journal, diary = f"/journal/{school.course_id}", reading(f"/diary/{school.pupil_ids[0]}")
    teacher, parent, pupil = school.teacher, school.parent, school.pupil
    term = {"session": teacher, "request": reading(journal), "times": 18}
    save = {"session": teacher, "request": Saving(f"{journal}/save", school), "times": 14}
    week = {"request": diary, "times": 10, "queries": 6}
    home = {"session": teacher, "request": reading("/teacher/"), "times": 10}
    sheet = {"session": teacher, "request": Attendance(f"{journal}/save", school), "times": 15}
    day_save = f"/classes/{school.class_id}/days/{TODAY.isoformat()}/save"
    day_sheet = Attendance(day_save, school, lesson_id=school.other_lesson_id)
    by_class = {"session": school.class_teacher, "request": day_sheet, "times": 15}
    morning = {"session": school.class_teacher, "request": reading("/class/"), "times": 12}
    search = {"session": school.administrator, "request": asking(SEARCH), "times": 6}
    return [
        Page(name="Journal page of a term, 28 × 60", queries=6, kilobytes=40, **term),
        Page(name="Saving one mark", **save),
        Page(name="Diary week, parent of two", session=parent, **week),
        Page(name="Diary week, pupil", session=pupil, **week),
        Page(name="Teacher's home, six lessons today", **home),
        *_summaries(school),
        Page(name="Attendance of 28 pupils, three absent", **sheet),
        Page(name="The same by the class teacher, on the day of the class", **by_class),
        Page(name="Class teacher's morning page", **morning),
        Page(name="Search of a pupil while typing", **search),
    ]


def _summaries(school: BenchSchool) -> list[Page]:
    """The sheet of a class that was just opened, one after absences were changed since (more ways
    than a worker keeps sheets), and one nothing is kept of."""
    opened = reading(f"/results/classes/{school.class_id}/summary")
    day_save = f"/classes/{school.class_id}/days/{TODAY.isoformat()}/save"
    ways = ["".join(codes) for codes in product("bun", repeat=3)]
    others: dict[str, Any] = {"lesson_id": school.other_lesson_id, "pupils": slice(-6, -3)}
    changed = Attendance(day_save, school, codes=ways, **others)
    promise: dict[str, Any] = {"session": school.class_teacher, "times": 12, "queries": 15}
    return [
        Page(name="Summary sheet, opened again", request=opened, before=opened, **promise),
        Page(
            name="Summary sheet, opened after a change of absences",
            request=opened,
            before=changed,
            **promise,
        ),
        Page(
            name="Summary sheet, the first opening of a worker that has just begun",
            request=opened,
            before=reading("/forget/"),
            **promise,
        ),
    ]


class _Tokens:
    """The CSRF token of each browser, asked for once."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Browser, str] = WeakKeyDictionary()

    def of(self, browser: Browser) -> str:
        if browser not in self._known:
            self._known[browser] = browser.get("/session").json["csrf"]
        return self._known[browser]


class Saving:
    """Puts 5 and 4 by turns into one cell, as the grid does: version, operation id, CSRF token."""

    def __init__(self, address: str, school: BenchSchool) -> None:
        self._address = address
        self._school = school
        self._numbers = count(1)
        self._mark: dict[str, Any] = {"mark": None, "work": None, "base": 0}
        self._tokens = _Tokens()

    def __call__(self, browser: Browser) -> Answer:
        number = next(self._numbers)
        operation = {
            "op": f"bench-{id(self)}-{number:06}",
            "kind": "put_mark",
            "lesson": self._school.lesson_id,
            "pupil": self._school.pupil_ids[0],
            "value": "45"[number % 2],
            **self._mark,
        }
        body = {"operations": [operation]}
        answer = browser.post(self._address, body, token=self._tokens.of(browser))
        if answer.status == 200:
            mark = answer.json["results"][0]["cell"]["m"][-1]
            self._mark = {"mark": mark[0], "work": mark[1], "base": mark[3]}
        return answer


class Attendance:
    """Takes a lesson's attendance in one save: three of the class, with one of the codes after the
    other, a letter for each."""

    def __init__(
        self,
        address: str,
        school: BenchSchool,
        *,
        lesson_id: int | None = None,
        pupils: slice = LAST_THREE,
        codes: Sequence[str] = ("bbb", "uuu"),
    ) -> None:
        self._address = address
        self._lesson_id = lesson_id or school.lesson_id
        self._bases = dict.fromkeys(school.pupil_ids[pupils], 0)
        self._codes = codes
        self._numbers = count(1)
        self._tokens = _Tokens()

    def __call__(self, browser: Browser) -> Answer:
        number = next(self._numbers)
        codes = self._codes[number % len(self._codes)]
        absences = [
            {"kind": "put_absence", "pupil": pupil, "value": code, "base": base}
            for (pupil, base), code in zip(self._bases.items(), codes, strict=True)
        ]
        operations = [
            {"op": f"bench-{id(self)}-{number:06}-{place}", "lesson": self._lesson_id, **one}
            for place, one in enumerate([*absences, {"kind": "take_attendance"}])
        ]
        token = self._tokens.of(browser)
        answer = browser.post(self._address, {"operations": operations}, token=token)
        if answer.status == 200:
            results = answer.json["results"][: len(self._bases)]
            self._bases = {
                pupil: one["cell"]["a"][-1] for pupil, one in zip(self._bases, results, strict=True)
            }
        return answer
