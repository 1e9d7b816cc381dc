"""Excuses in every state: submitted by a parent, confirmed by the class teacher, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select, update

from journal.attendance.models import Absence, Excuse
from journal.core.audit import Change, Origin, record_many
from journal.core.clock import instant
from journal.demo.absence import ILLNESS, NO_REASON, VALID, Spell
from journal.demo.ground import Ground
from journal.demo.school import TIME_ZONE
from journal.lessons.models import Lesson
from journal.people.models import Guardian, GuardianLink

_RECENT = timedelta(days=40)
_CONFIRMED_UP_TO = 40
_TEXTS = {
    ILLNESS: ("Болеет, ОРВИ. Справку принесём.", "Температура, вызвали врача."),
    VALID: ("Семейные обстоятельства.", "Участие в соревнованиях по плаванию."),
}
_SUBMITTED, _CONFIRMED, _REFUSED = "submitted", "confirmed", "refused"
_DECISIONS = {_CONFIRMED: "validate", _REFUSED: "refuse"}
_REFUSAL = "Позвоните мне, пожалуйста: в этот день ученик был в школе на первых уроках."


@dataclass(frozen=True, slots=True)
class _Draft:
    """An excuse to be: whose, for which days, in which state."""

    file: str
    spell: Spell
    status: str


def add_excuses(ground: Ground) -> None:
    """Waiting ones for the absences nobody has explained, confirmed ones for older illness."""
    guardians = _guardians(ground)
    drafts = [d for d in _drafts(ground) if ground.pupils[d.file].id in guardians]
    made = [_excuse(ground, draft, guardians) for draft in drafts]
    ground.session.add_all(made)
    ground.session.flush()
    for excuse in made:
        if excuse.status == _CONFIRMED:
            _link(ground, excuse)
    _note(ground, made)


def _drafts(ground: Ground) -> Iterator[_Draft]:
    school, away = ground.school, ground.journal.away
    yield from _of_the_shown_child(ground)
    for file, spell in away.fresh[::2]:
        code = spell.code if spell.code in _TEXTS else VALID
        yield _Draft(file, Spell(spell.starts_on, spell.ends_before, code), _SUBMITTED)
    recent = [one for one in away.known if one[1].ends_before > school.today - _RECENT]
    explained = [one for one in recent if one[1].code in _TEXTS]
    for file, spell in explained[:_CONFIRMED_UP_TO]:
        yield _Draft(file, spell, _CONFIRMED)
    for file, spell in [one for one in recent if one[1].code == NO_REASON][:2]:
        yield _Draft(file, Spell(spell.starts_on, spell.ends_before, VALID), _REFUSED)


def _of_the_shown_child(ground: Ground) -> Iterator[_Draft]:
    """The shown parent explains the last two days; in the first week, a day to come."""
    school = ground.school
    missed = ground.journal.shown_child_away
    if missed:
        spell = Spell(missed[0], missed[-1] + timedelta(days=1), ILLNESS)
        yield _Draft(school.shown_child, spell, _SUBMITTED)
    elif school.shown_day:
        day = school.shown_day + timedelta(days=1)
        yield _Draft(school.shown_child, Spell(day, day + timedelta(days=1), VALID), _SUBMITTED)


def _guardians(ground: Ground) -> dict[int, int]:
    """Pupil id -> person id of one of his guardians."""
    rows = ground.session.execute(
        select(GuardianLink.pupil_id, func.min(Guardian.person_id))
        .join(Guardian, Guardian.id == GuardianLink.guardian_id)
        .group_by(GuardianLink.pupil_id)
    )
    return {row[0]: row[1] for row in rows}


def _excuse(ground: Ground, draft: _Draft, guardians: dict[int, int]) -> Excuse:
    spell, pupil_id = draft.spell, ground.pupils[draft.file].id
    texts = _TEXTS[spell.code]
    submitted = _evening(ground, spell.starts_on)
    excuse = Excuse(
        organisation_id=ground.organisation_id,
        pupil_id=pupil_id,
        starts_on=spell.starts_on,
        ends_before=spell.ends_before,
        code=spell.code,
        text=texts[pupil_id % len(texts)],
        submitted_by=guardians[pupil_id],
        submitted_at=submitted,
        status=draft.status,
    )
    if draft.status != _SUBMITTED:
        excuse.decided_by = _class_teacher(ground, draft)
        excuse.decided_at = min(ground.now, submitted + timedelta(hours=14))
        excuse.decision_note = _REFUSAL if draft.status == _REFUSED else None
    return excuse


def _evening(ground: Ground, day: date) -> datetime:
    return min(ground.now - timedelta(minutes=30), instant(day, time(20, 15), TIME_ZONE))


def _class_teacher(ground: Ground, draft: _Draft) -> int:
    stays = [one for one in ground.school.population.stays if one.file == draft.file]
    return ground.employee(ground.school.leaders[stays[-1].place]).id


def _link(ground: Ground, excuse: Excuse) -> None:
    """Absences of those days get the excuse their reason comes from."""
    days = select(Lesson.id).where(
        Lesson.held_on >= excuse.starts_on, Lesson.held_on < excuse.ends_before
    )
    ground.session.execute(
        update(Absence)
        .where(
            Absence.pupil_id == excuse.pupil_id,
            Absence.code == excuse.code,
            Absence.lesson_id.in_(days),
        )
        .values(excuse_id=excuse.id)
        .execution_options(synchronize_session=False)
    )


def _note(ground: Ground, made: list[Excuse]) -> None:
    """The log says who sent each excuse and what came of it, in the words of the journal."""
    changes = [_change("submit_excuse", one, None, _SUBMITTED) for one in made]
    changes += [
        _change(f"{_DECISIONS[one.status]}_excuse", one, _SUBMITTED, one.status)
        for one in made
        if one.status in _DECISIONS
    ]
    record_many(
        ground.session,
        organisation_id=ground.organisation_id,
        origin=Origin(account_id=None, actor_name="flask demo school"),
        changes=changes,
        now=ground.now,
    )


def _change(action: str, excuse: Excuse, before: str | None, after: str) -> Change:
    return Change(
        action=action,
        object_type="excuse",
        object_id=excuse.id,
        about_id=excuse.pupil_id,
        before={"status": before} if before else None,
        after={"status": after, "from": excuse.starts_on, "before": excuse.ends_before},
        reason=excuse.decision_note if before else excuse.text,
    )
