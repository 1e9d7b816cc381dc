"""How many schools of a procedure stand where: kept by the database as rows of schools change.

The four numbers are asked for every ten seconds by everybody who looks, of a thousand schools. Each
row of a school that appears, changes or goes moves them in its own transaction, whoever writes it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base
from journal.core.triggers import Triggers, come_with
from journal.exchange.models import Participation


class ProcedureTally(Base):
    """Schools of a procedure by progress: all of them, and those whose request is approved.

    Not a school's row: numbers of schools. Written by triggers of `participation` alone.
    """

    __tablename__ = "procedure_tally"

    procedure_id: Mapped[int] = mapped_column(
        ForeignKey("procedure.id"), primary_key=True, autoincrement=False
    )
    not_begun: Mapped[int] = mapped_column(Integer, default=0)
    filling: Mapped[int] = mapped_column(Integer, default=0)
    submitted: Mapped[int] = mapped_column(Integer, default=0)
    approved_not_begun: Mapped[int] = mapped_column(Integer, default=0)
    approved_filling: Mapped[int] = mapped_column(Integer, default=0)
    approved_submitted: Mapped[int] = mapped_column(Integer, default=0)


# `rules.progress_of`, in the words of both databases.
_PROGRESS = {
    "not_begun": "{row}.submitted_at IS NULL AND {row}.begun_at IS NULL",
    "filling": "{row}.submitted_at IS NULL AND {row}.begun_at IS NOT NULL",
    "submitted": "{row}.submitted_at IS NOT NULL",
}
_COUNTED = {
    **_PROGRESS,
    **{f"approved_{k}": f"{{row}}.request = 'approved' AND {v}" for k, v in _PROGRESS.items()},
}
TALLIES = tuple(_COUNTED)
_TABLE = ProcedureTally.__tablename__


def _ones(row: str) -> list[str]:
    return [f"CASE WHEN {one.format(row=row)} THEN 1 ELSE 0 END" for one in _COUNTED.values()]


def _added() -> str:
    more = ", ".join(f"{one} = {_TABLE}.{one} + excluded.{one}" for one in TALLIES)
    return f"""INSERT INTO {_TABLE} (procedure_id, {", ".join(TALLIES)})
    VALUES (NEW.procedure_id, {", ".join(_ones("NEW"))})
    ON CONFLICT (procedure_id) DO UPDATE SET {more};"""


def _taken() -> str:
    less = ", ".join(
        f"{name} = {name} - {one}" for name, one in zip(TALLIES, _ones("OLD"), strict=True)
    )
    return f"UPDATE {_TABLE} SET {less} WHERE procedure_id = OLD.procedure_id;"


_FACTS = "procedure_id, request, begun_at, submitted_at"
COUNTING = Triggers(
    table="participation",
    sqlite=(
        f"CREATE TRIGGER participation_counted AFTER INSERT ON participation\n"
        f"    BEGIN {_added()} END",
        f"CREATE TRIGGER participation_recounted AFTER UPDATE OF {_FACTS} ON participation\n"
        f"    BEGIN {_taken()} {_added()} END",
        f"CREATE TRIGGER participation_uncounted AFTER DELETE ON participation\n"
        f"    BEGIN {_taken()} END",
    ),
    postgresql=(
        f"""CREATE FUNCTION participation_count() RETURNS trigger AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN {_taken()} END IF;
    IF TG_OP <> 'DELETE' THEN {_added()} END IF;
    RETURN NULL; END $$ LANGUAGE plpgsql""",
        f"""CREATE TRIGGER participation_counted
    AFTER INSERT OR DELETE OR UPDATE OF {_FACTS} ON participation
    FOR EACH ROW EXECUTE FUNCTION participation_count()""",
    ),
    drop=("DROP FUNCTION IF EXISTS participation_count() CASCADE",),
    needs=(_TABLE,),
)
come_with(Participation, COUNTING)
