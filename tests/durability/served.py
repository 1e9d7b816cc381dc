"""The production application at the instant of the cast, which dies where `DIE_AT` says.

`DIE_AT="INSERT INTO mark:7"`: before the seventh such statement. `COMMIT:3`: before the third
commit of a transaction that wrote; `ACKNOWLEDGE:3`: after it, before anybody hears of it. Moments
are counted over all workers together. The whole process group dies, without a word to anybody.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from config import settings_from_environment
from journal import create_app
from tests.cast import NOW

WRITES = ("INSERT", "UPDATE", "DELETE")


class Death:
    """Counts what it waits for, in memory that the workers share; 0 waits for nothing."""

    def __init__(self, words: str) -> None:
        self.moment, _, number = words.partition(":")
        self.left = multiprocessing.Value("i", int(number or 0))
        self.thread = threading.local()  # a request, and so a transaction, is one thread's

    def meet(self, moment: str) -> None:
        """Die when this is the one."""
        if not self.moment or not moment.startswith(self.moment):
            return
        with self.left.get_lock():
            self.left.value -= 1
            last = self.left.value == 0
        if last:
            os.killpg(0, signal.SIGKILL)

    @property
    def written(self) -> bool:
        """Whether the transaction of this thread has written."""
        return getattr(self.thread, "written", False)


death = Death(os.environ.get("DIE_AT", ""))


@event.listens_for(Engine, "before_cursor_execute")
def _before_statement(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if statement.startswith(WRITES):
        death.thread.written = True
    death.meet(statement)


@event.listens_for(Engine, "commit")
def _before_commit(_connection: Any) -> None:
    if death.written:
        death.meet("COMMIT")


@event.listens_for(Session, "after_commit")
def _after_commit(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint
        return
    if death.written:
        death.meet("ACKNOWLEDGE")
    death.thread.written = False


app = create_app(settings_from_environment())
app.config["CLOCK"] = lambda: NOW
