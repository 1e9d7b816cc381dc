"""Sums of what was handed in, kept by procedure and municipality, and which of them are due.

Whatever changes them (a version, the municipality of a school, the opening of a procedure) marks
the procedure in the same transaction, whoever writes it: until a job has added it up anew, readers
add it up themselves (`exchange.gathering`).
"""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base
from journal.core.triggers import Triggers, come_with
from journal.exchange.models import Procedure, Submission
from journal.people.organisation_columns import triggers_of_organisations


class KeptSums(Base):
    """Sums of a sheet over the schools of a municipality, or of the region (`place` is None).

    `latest`: only those that count in the integrated base, where of several procedures of a year
    the latest version of a school counts. `sums` is JSON by parallel, `whole` of all parallels. Not
    a school's row: sums over schools.
    """

    __tablename__ = "kept_sums"
    __table_args__ = (Index("ix_kept_sums_of", "procedure_id", "latest", "sheet", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"))
    latest: Mapped[bool] = mapped_column(Boolean)
    sheet: Mapped[str] = mapped_column(String(40))
    place: Mapped[str | None] = mapped_column(String(200))
    schools: Mapped[int] = mapped_column(Integer)
    sums: Mapped[str] = mapped_column(Text)
    whole: Mapped[str] = mapped_column(Text)


class SumsDue(Base):
    """A procedure whose sums have to be added up anew. Not a school's row. Written by triggers.

    A mark that is there already is changed all the same: whoever adds up waits for who marks.
    """

    __tablename__ = "sums_due"

    procedure_id: Mapped[int] = mapped_column(
        ForeignKey("procedure.id"), primary_key=True, autoincrement=False
    )
    marks: Mapped[int] = mapped_column(Integer, default=1)


_TABLE = SumsDue.__tablename__
_INTO = f"INSERT INTO {_TABLE} (procedure_id, marks)"
_AGAIN = f"ON CONFLICT (procedure_id) DO UPDATE SET marks = {_TABLE}.marks + 1;"
_OF_VERSION = f"""{_INTO} SELECT procedure_id, 1 FROM participation
    WHERE id = {{row}}.participation_id {_AGAIN}"""
_OF_SCHOOL = f"""{_INTO} SELECT procedure_id, 1 FROM participation
    WHERE organisation_id = NEW.id AND submitted_at IS NOT NULL {_AGAIN}"""
_OF_PROCEDURE = f"{_INTO} VALUES (NEW.id, 1) {_AGAIN}"


def _marking(table: str, events: dict[str, str], needs: tuple[str, ...]) -> Triggers:
    """`events` are what marks, by the event as SQL says it."""
    sqlite, postgresql = [], []
    for number, (event, marks) in enumerate(events.items(), start=1):
        name = f"{table}_due_{number}"
        sqlite.append(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {marks} END")
        postgresql.append(f"""CREATE FUNCTION {name}() RETURNS trigger AS $$
    BEGIN {marks} RETURN NULL; END $$ LANGUAGE plpgsql""")
        postgresql.append(f"""CREATE TRIGGER {name} AFTER {event} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}()""")
    return Triggers(
        table=table,
        sqlite=tuple(sqlite),
        postgresql=tuple(postgresql),
        drop=tuple(
            f"DROP FUNCTION IF EXISTS {table}_due_{number}() CASCADE"
            for number in range(1, len(events) + 1)
        ),
        needs=(_TABLE, *needs),
    )


OF_VERSIONS = _marking(
    "submission",
    {
        "INSERT": _OF_VERSION.format(row="NEW"),
        "UPDATE": _OF_VERSION.format(row="NEW"),
        "DELETE": _OF_VERSION.format(row="OLD"),
    },
    ("participation",),
)
OF_SCHOOLS = _marking("organisation", {"UPDATE OF municipality": _OF_SCHOOL}, ("participation",))
OF_PROCEDURES = _marking("procedure", {"UPDATE OF opens_at, year": _OF_PROCEDURE}, ())
come_with(Submission, OF_VERSIONS)
come_with(Procedure, OF_PROCEDURES)
triggers_of_organisations(OF_SCHOOLS)
