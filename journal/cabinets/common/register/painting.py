"""The journal page in words: every label, link and cell the template writes down, computed once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import force_locale, format_date

from journal.cabinets.common.register.cells import Painter
from journal.cabinets.common.register.facts import Sayer
from journal.cabinets.common.register.heads import head_rows
from journal.cabinets.common.register.lesson_texts import lesson_texts
from journal.cabinets.common.register.painted import (
    Link,
    MonthHead,
    PaintedPage,
    PaintedRow,
    SumCell,
    SumHead,
    WindowHead,
)
from journal.cabinets.common.register.script import script_json, with_list
from journal.cabinets.common.register.words import grid_legend, grid_panels, grid_words
from journal.grading.rules import SCALES
from journal.lessons.rules import CourseHead
from journal.register.rules.page import JournalPage, Row, WindowBand
from journal.school.rules import TermSpan, term_name
from journal.school.titles import course_title
from journal.webkit.i18n import day, gettext, ngettext, say

_HEAD_ROWS = 4
_ROOM_FOR_A_SENTENCE, _ROOM_FOR_A_WORD = 13, 3
_PAD = (
    ("5", "m5"),
    ("4", "m4"),
    ("3", "m3"),
    ("2", "m2"),
    ("зач", "m5"),
    ("незач", "m2"),
    ("•", ""),
)


def paint(page: JournalPage, data: dict[str, Any], sayer: Sayer, *, locale: str) -> PaintedPage:
    """Put the page into words."""
    windows = _windows(page, sayer) if page.can_write else ()
    return PaintedPage(
        title=course_title(page.head.classes_key, page.head.subject, page.head.subgroup),
        subtitle=_subtitle(page),
        period=period_name(page.head, page.term),
        count=_count(len(page.rows)),
        nothing=_nothing(),
        can_write=page.can_write,
        terms=term_links(page.head, page.term),
        months=tuple(MonthHead(_month(locale, one.day.month), one.span) for one in page.months),
        heads=head_rows(page, locale),
        windows=windows,
        head_rows=_HEAD_ROWS + bool(windows),
        sum_heads=_sum_heads(page),
        rows=_rows(page, locale, explain=data["explain"]),
        pad=tuple(pair for pair in _PAD if pair[0] in SCALES[page.head.scale]),
        data=with_list(script_json(data), "lessons", lesson_texts(page, sayer)),
        words=grid_words(locale),
        panels=grid_panels(locale),
        legend=grid_legend(locale),
    )


def period_name(head: CourseHead, term: TermSpan | None) -> str:
    """«II четверть», «2026-2027» for the whole year."""
    return say(term_name(term.kind, term.number)) if term else head.year_name


def _count(pupils: int) -> str:
    return ngettext("%(num)s pupil", "%(num)s pupils", pupils) % {"num": pupils}


def _nothing() -> str:
    return gettext(
        "There are no lessons or no pupils yet. "
        "They come from the timetable and from the lists of the classes."
    )


def _subtitle(page: JournalPage) -> str:
    teachers = [one.name for one in page.head.teachers if one.span.covers(page.today)]
    return " · ".join(
        [", ".join(teachers), page.head.year_name] if teachers else [page.head.year_name]
    )


def term_links(
    head: CourseHead, term: TermSpan | None, endpoint: str = "register.journal"
) -> tuple[Link, ...]:
    """A switch of the terms and the year, of one of the course's pages."""

    def link(label: str, term_id: int) -> Link:
        url = url_for(endpoint, course_id=head.course_id, term=term_id)
        return Link(label, url, term_id == (term.id if term else 0))

    named = [link(say(term_name(one.kind, one.number)), one.id) for one in head.terms]
    return (*named, link(gettext("Year"), 0))


@lru_cache(maxsize=64)
def _month(locale: str, number: int) -> str:
    with force_locale(locale):
        return str(format_date(date(2026, number, 1), "LLLL")).capitalize()


def _windows(page: JournalPage, sayer: Sayer) -> tuple[WindowHead, ...]:
    return tuple(_window(page, band, sayer) for band in page.bands)


def _window(page: JournalPage, band: WindowBand, sayer: Sayer) -> WindowHead:
    if band.state == "open" and band.until is not None:
        until = sayer.last_minute(band.until)
        title = gettext("Open until %(until)s", until=until)
        return WindowHead(css="open", span=band.span, text=until[:5], title=title, lock=False)
    if band.state == "locked":
        return _locked(page, band)
    sentence = {
        "future": gettext("Marks: from the beginning of the lesson"),
        "cancelled": gettext("The lesson was cancelled"),
        "reading": gettext("Another teacher's lesson"),
    }[band.state]
    text = sentence if band.span * 2 >= _ROOM_FOR_A_SENTENCE else ""
    return WindowHead(css=band.state, span=band.span, text=text, title=sentence, lock=False)


def _locked(page: JournalPage, band: WindowBand) -> WindowHead:
    closed = page.term is not None and page.term.closed_on(page.today)
    sentence = gettext("The term is closed") if closed else gettext("The time for entries is over")
    roomy = band.span >= _ROOM_FOR_A_SENTENCE
    text = sentence if roomy else gettext("Closed") if band.span >= _ROOM_FOR_A_WORD else ""
    return WindowHead(
        css="locked" if text else "locked lone",
        span=band.span,
        text=text,
        title=sentence,
        lock=True,
        unlock_url=_unlock_url(page, band) if roomy and not closed else None,
    )


def _unlock_url(page: JournalPage, band: WindowBand) -> str:
    course_id = page.head.course_id
    return url_for("unlocks.request_unlock", course=course_id, date=band.day)


def _sum_heads(page: JournalPage) -> tuple[SumHead, ...]:
    shown = [*page.past_terms, *([page.term] if page.term else [])]
    terms = [
        SumHead(
            say(term_name(one.kind, one.number)).split(" ")[0],
            say(term_name(one.kind, one.number)),
            _place(one, page),
            results_url(page.head.course_id, one),
        )
        for one in shown
    ]
    return (
        SumHead(gettext("Avg"), gettext("Average, weighted"), "avg"),
        SumHead(gettext("Abs"), gettext("Lessons missed"), "missed"),
        *terms,
    )


def results_url(course_id: int, term: TermSpan | None) -> str:
    """Where the marks of a term are decided, of the year for None."""
    return url_for("results.course", course_id=course_id, at=_stage(term))


def print_url(course_id: int, term: TermSpan | None) -> str:
    """The printed form of the page: of a term, of the year for None."""
    at = _stage(term) if term else "all"
    return url_for("papers.form", name="journal", course=course_id, at=at)


def _stage(term: TermSpan | None) -> str:
    """A term in the address of the results; see `results.rules.places`."""
    return f"{term.kind}-{term.number}" if term else "year"


def _place(term: object, page: JournalPage) -> str:
    return "" if term is page.term else "past"


def _rows(page: JournalPage, locale: str, *, explain: str) -> tuple[PaintedRow, ...]:
    painter, proposal = Painter(locale), _proposal_url(page)
    return tuple(
        PaintedRow(
            number=row.number,
            name=row.name,
            note=_note(row, page.has_classes),
            cells=painter.row(row.cells),
            average=row.average or "",
            explain=explain.replace("/0?", f"/{row.pupil_id}?"),
            missed=row.missed or "",
            sums=_sums(row, page, proposal.replace("/0?", f"/{row.pupil_id}?")),
        )
        for row in page.rows
    )


def _note(row: Row, has_classes: bool) -> str:
    notes = [row.class_name] if has_classes else []
    if row.joined_on:
        notes.append(gettext("since %(day)s", day=day(row.joined_on)))
    if row.left_on:
        notes.append(gettext("until %(day)s", day=day(row.left_on)))
    return ", ".join(notes)


def _proposal_url(page: JournalPage) -> str:
    """Why a pupil's mark of the page's term is proposed; the pupil's id stands in place of 0."""
    if page.term is None:
        return ""
    course_id, stage = page.head.course_id, _stage(page.term)
    return url_for("results.proposal", course_id=course_id, pupil_id=0, at=stage)


def _sums(row: Row, page: JournalPage, explain: str) -> tuple[SumCell, ...]:
    past = [SumCell(value, _mark_css(value), "past") for value in row.past]
    if page.term is None:
        return tuple(past)
    kind = "final" if row.term_mark else "offer"
    text = row.term_mark or row.offer
    return (*past, SumCell(text, _mark_css(text), "present", kind, explain))


def _mark_css(value: str | None) -> str:
    return {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2"}.get(value or "", "")
