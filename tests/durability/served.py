"""The production application at the instant of the cast, which dies where `DIE_AT` says.

`DIE_AT="INSERT INTO mark:7"`: before the seventh such statement. `COMMIT:3`: before the third
commit of a transaction that wrote; `ACKNOWLEDGE:3`: after it, before anybody hears of it. The whole
process group dies, without a word to anybody.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from config import settings_from_environment
from journal import create_app
from tests.cast import NOW

WRITES = ("INSERT", "UPDATE", "DELETE")


class Death:
    """Counts what it waits for; `left` None waits for nothing."""

    def __init__(self, words: str) -> None:
        self.moment, _, number = words.partition(":")
        self.left = int(number) if number else None
        self.written = False

    def meet(self, moment: str) -> None:
        """Die when this is the one."""
        if self.left is None or not moment.startswith(self.moment):
            return
        self.left -= 1
        if self.left == 0:
            os.killpg(0, signal.SIGKILL)


death = Death(os.environ.get("DIE_AT", ""))


@event.listens_for(Engine, "before_cursor_execute")
def _before_statement(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    death.written = death.written or statement.startswith(WRITES)
    death.meet(statement)


@event.listens_for(Engine, "commit")
def _before_commit(_connection: Any) -> None:
    if death.written:
        death.meet("COMMIT")


@event.listens_for(Session, "after_commit")
def _after_commit(_session: Session) -> None:
    if death.written:
        death.meet("ACKNOWLEDGE")
    death.written = False


app = create_app(settings_from_environment())
app.config["CLOCK"] = lambda: NOW
