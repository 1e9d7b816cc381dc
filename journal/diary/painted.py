"""What templates write down of the days of a diary: lines of text, nothing to work out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class PaintedFile(NamedTuple):
    """A file to fetch: whose diary it lies in, its id, name and size in words."""

    pupil_id: int
    id: int
    name: str
    size: str


class Line(NamedTuple):
    """A line under a lesson: a chip, a bold lead, text, a hint; any may be empty."""

    css: str = ""
    chip_css: str = ""
    chip: str = ""
    lead: str = ""
    text: str = ""
    linked: bool = False
    hint: str = ""
    files: tuple[PaintedFile, ...] = ()


class Got(NamedTuple):
    """What stands at the right edge: a mark or a code of the register, and what it is for; `new`
    is the word for one that is."""

    css: str
    value: str
    struck: bool
    new: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PaintedLesson:
    """A lesson as it is written down; `no` is None for homework without a lesson. `private` is
    what concerns one family alone: neither it nor its markup is kept after the page. The painter
    gives the same object for the same lesson, so markup is found by identity."""

    subject: str
    lines: tuple[Line, ...]
    css: str = ""
    no: int | None = None
    times: str = ""
    now: str = ""
    cancelled: bool = False
    got: tuple[Got, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class PaintedDay:
    """A day, or several of one break; `nothing` stands where there are no lessons."""

    first: date
    last: date
    hint: str
    nothing: str
    lessons: tuple[PaintedLesson, ...]


@dataclass(frozen=True, slots=True)
class PaintedNews:
    """A new mark: subject, day of the lesson, and the mark with what it is for."""

    subject: str
    held_on: date
    comment: str
    got: Got


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedToday:
    """Today of one pupil."""

    pupil_id: int
    name: str
    class_name: str
    school: str
    today: date
    tomorrow: date
    day: PaintedDay
    coming: PaintedDay | None
    news: tuple[PaintedNews, ...]
