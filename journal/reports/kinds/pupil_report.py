"""«Отчёт об успеваемости и посещаемости ученика»: subjects × dates, average, mark, absences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from journal.attendance.rules import ABSENCE_LETTERS
from journal.attendance.rules.counting import PupilState
from journal.attendance.rules.states import ILL, INVALID, MISSED, RELEASED, UNKNOWN, VALID
from journal.attendance.rules.tally import Tallies, Tally
from journal.core.messages import N_, Message
from journal.grading.rules import Figure, weighted_average
from journal.reports.forms import FormCell, FormColumn, FormHead, FormRow, Paper, PaperForm, Told
from journal.reports.kinds.asking import READ_PUPILS, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import EMPTY, LETTERS, number
from journal.reports.kinds.chunks import even_chunks
from journal.reports.kinds.class_units import class_units
from journal.reports.kinds.pupil_facts import ClassFacts, PupilFacts, class_facts
from journal.reports.kinds.pupil_subjects import with_all_subjects
from journal.school.rules import term_name

DATES = 50  # in the width of a page


def pupil_report(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """A paper for the pupil, or for everybody who was in the class in the span."""
    facts = with_all_subjects(desk, class_facts(desk, ask))
    return tuple(_paper(desk, facts, one) for one in facts.pupils) or (_nobody(desk, facts),)


def _head(desk: Desk, facts: ClassFacts, name: str) -> FormHead:
    """Without a pupil the class alone is named."""
    where = {
        "class": facts.group.name,
        "year": facts.group.year_name,
        "place": facts.of_what,
    }
    whole = N_("Class %(class)s, %(year)s academic year, %(place)s", **where)
    own = N_("%(pupil)s, class %(class)s, %(year)s academic year, %(place)s", pupil=name, **where)
    title, school = desk.say(PUPIL_REPORT.title), desk.school
    return FormHead(school=school, title=title, subtitle=desk.say(own if name else whole))


def _nobody(desk: Desk, facts: ClassFacts) -> Paper:
    form = PaperForm(
        **_head(desk, facts, ""),
        columns=(FormColumn(title=desk.say(N_("Subject")), kind="text"),),
        rows=(),
        notes=(desk.say(N_("Nobody was in the class at this time.")),),
        wide=True,
    )
    return Paper(name=facts.group.name, parts=(form,))


def _paper(desk: Desk, facts: ClassFacts, pupil: PupilFacts) -> Paper:
    say, head = desk.say, _head(desk, facts, pupil.name)
    going = _going(desk, facts)
    chunks = even_chunks(pupil.days, DATES)
    parts = []
    for place, days in enumerate(chunks):
        last = place == len(chunks) - 1
        parts.append(
            PaperForm(
                **head,
                heading=f"{days[0]:%d.%m} – {days[-1]:%d.%m}" if len(chunks) > 1 else "",
                columns=tuple(_columns(days, facts, last, say)),
                rows=tuple(_rows(pupil, days, facts, last, say)),
                notes=tuple(say(one) for one in (*going, *_notes(pupil))) if last else (),
                signers=_signers(say) if last else (),
                wide=True,
            )
        )
    return Paper(name=pupil.name, parts=tuple(parts))


def _signers(say: Say) -> tuple[tuple[str, str], ...]:
    return ((say(N_("Class teacher")), ""), (say(N_("Parent")), ""))


def _columns(days: Sequence[date], facts: ClassFacts, last: bool, say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("Subject")), share=8.5 + (DATES - len(days)) / 4, kind="text")
    for day in days:
        yield FormColumn(title=f"{day:%d.%m}", kind="mark", upright=True)
    if last:
        yield FormColumn(title=say(N_("Average mark")), share=1.9, upright=True)
        if facts.place is not None:
            title = say(N_("Mark for the term"))
            yield FormColumn(title=title, share=1.9, kind="mark", upright=True)
        yield FormColumn(title=say(N_("Lessons missed")), share=1.6, upright=True)


def _rows(
    pupil: PupilFacts, days: Sequence[date], facts: ClassFacts, last: bool, say: Say
) -> Iterator[FormRow]:
    for subject_id, name in pupil.subjects:
        cells = [FormCell(name)]
        marks: dict[date, list[str]] = {}
        for one in pupil.entries.get(subject_id, ()):
            marks.setdefault(one.held_on, []).append(one.value)
        for day in days:
            states = pupil.states.get((subject_id, day), ())
            cells.append(FormCell(" ".join([*_letters(states), *marks.get(day, ())])))
        if last:
            cells += _ending(pupil, subject_id, facts, say)
        yield FormRow(cells=tuple(cells), key=name)


def _letters(states: Sequence[PupilState]) -> list[str]:
    """«н н» of a double lesson missed; a release is said once."""
    letters = [ABSENCE_LETTERS[one.state] for one in states if one.state in ABSENCE_LETTERS]
    return letters or (["осв"] if any(one.state == RELEASED for one in states) else [])


def _ending(pupil: PupilFacts, subject_id: int, facts: ClassFacts, say: Say) -> Iterator[FormCell]:
    figure = weighted_average(pupil.entries.get(subject_id, ()), facts.rules)
    yield _average(figure, say)
    if facts.place is not None:
        yield _given(pupil, subject_id, figure, say)
    missed = tuple(_missed(pupil, subject_id, say))
    yield FormCell(str(len(missed)), len(missed), told=Told(lines=missed)) if missed else EMPTY


def _average(figure: Figure, say: Say) -> FormCell:
    if figure.value is None:
        return EMPTY
    told = Told(figure.explanation.formula, say(figure.explanation.rule))
    return FormCell(figure.text or "", number(figure.value, 2), told=told)


def _given(pupil: PupilFacts, subject_id: int, average: Figure, say: Say) -> FormCell:
    """The mark with what it was decided from."""
    mark = pupil.given.get(subject_id)
    if mark is None:
        return EMPTY
    terms = sorted(pupil.terms.get(subject_id, ()), key=lambda one: one.number)
    lines = [(say(term_name(one.kind, one.number)), one.value) for one in terms]
    if not terms:
        lines.append((say(N_("Average mark")), average.text or "–"))
    if mark.proposed not in (None, mark.value):
        lines.append((say(N_("By the rules")), mark.proposed))
    lines.append((say(N_("Decided")), mark.value))
    if mark.reason:
        lines.append((say(N_("Reason")), mark.reason))
    return FormCell(mark.value, told=Told(lines=tuple(lines)))


def _missed(pupil: PupilFacts, subject_id: int, say: Say) -> Iterator[tuple[str, str]]:
    """The lessons of the subject he missed, each with its reason."""
    for (subject, day), states in pupil.states.items():
        for one in states if subject == subject_id else ():
            if one.state in MISSED:
                number = say(N_("lesson %(number)s", number=one.lesson.number))
                yield f"{day:%d.%m.%Y}, {number}", say(_REASONS[one.state])


_REASONS: dict[str, Message] = {
    ILL: N_("by illness"),
    VALID: N_("valid reason"),
    INVALID: N_("no valid reason"),
    UNKNOWN: N_("no reason stated"),
}


def tally_of(pupil: PupilFacts) -> Tally:
    """His pupil-lessons of all subjects."""
    found: Tallies[int] = Tallies()
    for states in pupil.states.values():
        found.add(states, lambda _state: 0)
    return found.frozen().get(0, Tally())


def _going(desk: Desk, facts: ClassFacts) -> tuple[Message, ...]:
    if facts.place is None or desk.today > facts.place.last_day:
        return ()
    if desk.today < facts.place.span.starts_on:
        return (N_("The period has not begun."),)
    return (N_("The period is not over: the figures are those of this moment."),)


def _notes(pupil: PupilFacts) -> Iterator[Message]:
    yield from pupil.missing
    total = tally_of(pupil)
    ill_days = sum(one.ill for one in pupil.full)
    yield N_(
        "Lessons missed: %(missed)s of %(due)s, of them by illness %(ill)s, valid reason "
        "%(valid)s, no valid reason %(invalid)s, reason unknown %(unknown)s. Full days missed: "
        "%(days)s, of them by illness %(ill_days)s. Late: %(late)s.",
        missed=total.missed,
        due=total.due,
        ill=total.ill,
        valid=total.valid,
        invalid=total.invalid,
        unknown=total.unknown,
        days=len(pupil.full),
        ill_days=ill_days,
        late=total.late,
    )
    if total.unfilled:
        yield N_(
            "Attendance is not taken in %(count)s of his lessons, so absences may be more.",
            count=total.unfilled,
        )
    yield LETTERS


PUPIL_REPORT = FormKind(
    name="pupil",
    title=N_("Report on a pupil's progress and attendance"),
    about=N_("Subjects by dates: marks and absences, the average and the mark for the term."),
    permissions=READ_PUPILS,
    asks=("class", "pupil", "place", "span"),
    build=pupil_report,
    units=class_units,
    wide=lambda ask: ask.class_id is None and ask.pupil_id is None,
)
