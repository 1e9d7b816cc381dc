"""SQL of the triggers of keeping, for both engines (ADR 0059).

A row of a year that belongs to the archive (from 1 January after the year's end) goes only under a
decision that two persons took; and the database takes no decision before the term is over.
"""

from __future__ import annotations

from journal.core.triggers import Triggers

DECISIONS = "retention_deletion"
_SQLITE_PAST = "CAST(strftime('%Y', date(y.ends_before, '-1 day')) AS INTEGER){more} < {now}"
_SQLITE_NOW = "CAST(strftime('%Y', 'now') AS INTEGER)"
_POSTGRESQL_PAST = "extract(year from y.ends_before - 1){more} < {now}"
_POSTGRESQL_NOW = "extract(year from current_date)"
_OF_LESSON = """(SELECT course.academic_year_id FROM lesson JOIN course
    ON course.id = lesson.course_id WHERE lesson.id = {lesson})"""
_OF_WORK = "(SELECT work.lesson_id FROM work WHERE work.id = OLD.work_id)"
_YEARS = {
    "lesson": "(SELECT course.academic_year_id FROM course WHERE course.id = OLD.course_id)",
    "absence": _OF_LESSON.format(lesson="OLD.lesson_id"),
    "mark": _OF_LESSON.format(lesson=_OF_WORK),
    "term_mark": "OLD.academic_year_id",
}
_WHAT = {"lesson": "journals", "absence": "journals", "mark": "journals", "term_mark": "sheets"}
KEPT_TABLES = tuple(_YEARS)
_ONLY = {"lesson": "(OLD.topic IS NOT NULL OR OLD.attendance_taken_at IS NOT NULL) AND "}
_NEEDS = ("academic_year", "course", "lesson", "work", DECISIONS)


def decided(year: str, what: str) -> str:
    """The condition that two persons have decided to delete these of that year."""
    return f"""EXISTS (SELECT 1 FROM {DECISIONS} d WHERE d.academic_year_id = {year}
    AND d.what = '{what}' AND d.state = 'confirmed')"""


def _archived(year: str, past: str, now: str) -> str:
    old = past.format(more="", now=now)
    return f"EXISTS (SELECT 1 FROM academic_year y WHERE y.id = {year} AND {old})"


def kept(table: str) -> Triggers:
    """Triggers of a table of the journal: DELETE is refused for years of the archive."""
    year, said = _YEARS[table], f"{table} is kept"
    only, allowed = _ONLY.get(table, ""), decided(_YEARS[table], _WHAT[table])
    sqlite = f"{only}{_archived(year, _SQLITE_PAST, _SQLITE_NOW)} AND NOT {allowed}"
    postgresql = f"{only}{_archived(year, _POSTGRESQL_PAST, _POSTGRESQL_NOW)} AND NOT {allowed}"
    return Triggers(
        table=table,
        sqlite=(
            f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {sqlite}
    BEGIN SELECT RAISE(ABORT, '{said}'); END""",
        ),
        postgresql=(
            f"""CREATE FUNCTION {table}_keep() RETURNS trigger AS $$
    BEGIN IF {postgresql} THEN RAISE EXCEPTION '{said}'; END IF; RETURN OLD; END $$
    LANGUAGE plpgsql""",
            f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_keep()""",
        ),
        drop=(f"DROP FUNCTION IF EXISTS {table}_keep() CASCADE",),
        needs=_NEEDS,
    )


_TERM = " + CASE NEW.what WHEN 'journals' THEN 5 ELSE 25 END"
_SAME = " AND ".join(
    f"NEW.{one} = OLD.{one}"
    for one in ("organisation_id", "academic_year_id", "what", "proposed_by", "proposed_at")
)


def _right_step(past: str, now: str) -> str:
    over = past.format(more=_TERM, now=now)
    return f"""{_SAME} AND (
    (OLD.state = 'proposed' AND NEW.state = 'withdrawn')
    OR (OLD.state = 'confirmed' AND NEW.state = 'done')
    OR (OLD.state = 'proposed' AND NEW.state = 'confirmed' AND EXISTS (
        SELECT 1 FROM academic_year y WHERE y.id = NEW.academic_year_id AND {over})))"""


def decisions() -> Triggers:
    """Triggers of the decisions: begun as a proposal, moved on step by step, never deleted."""
    begun = "NEW.state = 'proposed' AND NEW.confirmed_by IS NULL"
    step = _right_step(_SQLITE_PAST, _SQLITE_NOW)
    return Triggers(
        table=DECISIONS,
        sqlite=(
            _sqlite("insert", f"NOT ({begun})"),
            _sqlite("update", f"NOT ({step})"),
            _sqlite("delete", "1"),
        ),
        postgresql=_postgresql(begun, _right_step(_POSTGRESQL_PAST, _POSTGRESQL_NOW)),
        drop=(f"DROP FUNCTION IF EXISTS {DECISIONS}_step() CASCADE",),
        needs=("academic_year",),
    )


def _sqlite(deed: str, refused: str) -> str:
    return f"""CREATE TRIGGER {DECISIONS}_{deed} BEFORE {deed.upper()} ON {DECISIONS}
    WHEN {refused} BEGIN SELECT RAISE(ABORT, 'no such step of a deletion'); END"""


def _postgresql(begun: str, step: str) -> tuple[str, ...]:
    return (
        f"""CREATE FUNCTION {DECISIONS}_step() RETURNS trigger AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN IF {begun} THEN RETURN NEW; END IF; END IF;
    IF TG_OP = 'UPDATE' THEN IF {step} THEN RETURN NEW; END IF; END IF;
    RAISE EXCEPTION 'no such step of a deletion'; END $$ LANGUAGE plpgsql""",
        f"""CREATE TRIGGER {DECISIONS}_row BEFORE INSERT OR UPDATE OR DELETE ON {DECISIONS}
    FOR EACH ROW EXECUTE FUNCTION {DECISIONS}_step()""",
        f"""CREATE TRIGGER {DECISIONS}_all BEFORE TRUNCATE ON {DECISIONS}
    FOR EACH STATEMENT EXECUTE FUNCTION {DECISIONS}_step()""",
    )
