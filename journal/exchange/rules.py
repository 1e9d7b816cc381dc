"""The rules of submission: windows to the second, who may do what, what counts. Pure.

Windows are half-open instants; a deadline «до 29.11» includes the 29th to 23:59:59 in the region's
zone, whatever zone the school lives in (duties.md, S29, S30).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from journal.core.errors import Forbidden, RuleViolation, WindowClosed
from journal.core.messages import N_, Message

SECOND = timedelta(seconds=1)


class WindowState(StrEnum):
    """coming → open → closed."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When data are taken: [opens_at, closes_before), a school's extension included."""

    opens_at: datetime
    closes_before: datetime
    zone: str
    extended_before: datetime | None = None

    @property
    def ends_before(self) -> datetime:
        """The first refused instant; an extension never shortens."""
        return max(self.closes_before, self.extended_before or self.closes_before)

    def state(self, now: datetime) -> WindowState:
        """Where the window stands at that instant."""
        if now < self.opens_at:
            return WindowState.COMING
        return WindowState.OPEN if now < self.ends_before else WindowState.CLOSED

    @property
    def first_words(self) -> str:
        """«01.11.2026», with the time unless it is midnight; in the region's zone."""
        return _words(self.opens_at.astimezone(ZoneInfo(self.zone)), "00:00:00")

    @property
    def last_words(self) -> str:
        """«29.11.2026», the last second included; with the time unless it is 23:59:59."""
        return _words((self.ends_before - SECOND).astimezone(ZoneInfo(self.zone)), "23:59:59")


def _words(moment: datetime, usual: str) -> str:
    usually = f"{moment:%H:%M:%S}" == usual
    return f"{moment:%d.%m.%Y}" if usually else f"{moment:%d.%m.%Y %H:%M:%S}"


def check_window(window: Window, now: datetime) -> None:
    """Refuse what comes before or after the window. Raises WindowClosed."""
    state = window.state(now)
    if state is WindowState.COMING:
        raise WindowClosed(
            "file",
            N_("The collection begins on %(day)s. Come back then.", day=window.first_words),
        )
    if state is WindowState.CLOSED:
        raise WindowClosed(
            "file",
            N_(
                "The collection ended on %(day)s. Files can no longer be uploaded.",
                day=window.last_words,
            ),
        )


def check_span(opens_at: datetime, closes_before: datetime) -> None:
    """A window has a length."""
    if closes_before <= opens_at:
        raise RuleViolation(
            "closes", N_("The collection ends before it begins. Correct the dates.")
        )


def check_extension(window: Window, until: datetime, reason: str) -> None:
    """An extension goes beyond the present end and says why."""
    if not reason.strip():
        raise RuleViolation("reason", N_("Say why the collection is extended."))
    if until <= window.ends_before:
        raise RuleViolation(
            "until",
            N_(
                "The collection lasts until %(day)s already. Choose a later day.",
                day=window.last_words,
            ),
        )


class Request(StrEnum):
    """заявка of a school for a voluntary procedure."""

    NONE = "none"
    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_MOVES = {
    Request.NONE: {Request.REQUESTED},
    Request.REQUESTED: {Request.APPROVED, Request.DECLINED, Request.WITHDRAWN},
    Request.APPROVED: {Request.WITHDRAWN},
    Request.DECLINED: {Request.REQUESTED},
    Request.WITHDRAWN: {Request.REQUESTED},
}


def check_request(present: Request, wanted: Request, *, begun: bool) -> None:
    """Refuse a step that the state of the request does not allow; who has begun stays."""
    if wanted not in _MOVES[present] or (wanted is Request.WITHDRAWN and begun):
        raise RuleViolation("request", N_("The request cannot be changed like this any more."))


def takes_part(mandatory: bool, request: Request) -> bool:
    """Whether the school counts in «Всего»: always in a mandatory procedure, else once approved."""
    return mandatory or request is Request.APPROVED


class Progress(StrEnum):
    """«Не приступило», «В работе», «Сдано»: editing after a submission stays «Сдано»."""

    NOT_BEGUN = "not_begun"
    FILLING = "filling"
    SUBMITTED = "submitted"


def progress_of(begun_at: datetime | None, submitted_at: datetime | None) -> Progress:
    """Where a school stands."""
    if submitted_at is not None:
        return Progress.SUBMITTED
    return Progress.NOT_BEGUN if begun_at is None else Progress.FILLING


@dataclass(frozen=True, slots=True)
class Statistics:
    """Schools by progress; «Всего» is the sum of the three."""

    not_begun: int
    filling: int
    submitted: int

    @property
    def total(self) -> int:
        """«Всего»."""
        return self.not_begun + self.filling + self.submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What somebody of a school is to its participation in a procedure."""

    coordinator: bool
    responsible: bool
    handed_over: bool

    @property
    def fills(self) -> bool:
        """The responsible person fills until he hands over, then the coordinator alone (S06)."""
        return self.coordinator or (self.responsible and not self.handed_over)

    @property
    def hands_over(self) -> bool:
        """The form is his to hand over: a coordinator sends it himself."""
        return self.responsible and not self.coordinator and not self.handed_over


def check_may_fill(part: Part) -> None:
    """Forbidden, with the way out, for who does not fill the form now."""
    if part.fills:
        return
    if part.responsible:
        raise Forbidden(N_("You have handed the form over. Ask the coordinator to return it."))
    raise Forbidden(N_("The form is filled by the coordinator and the person responsible for it."))


def check_may_post(part: Part) -> None:
    """Only the coordinator posts (001:84, 88)."""
    if not part.coordinator:
        raise Forbidden(N_("Only the coordinator sends the form. Hand it over to him."))


def check_confirmed(confirmed: bool) -> None:
    """Without the tick beside the administration's statement nothing is processed (000:27)."""
    if not confirmed:
        raise RuleViolation(
            "confirmed", N_("Confirm that the data are true: without it they are not processed.")
        )


SMALL_CELL = 3


def published(count: int) -> int | None:
    """A number of pupils as publications show it: cells under three are suppressed (R19)."""
    return None if 0 < count < SMALL_CELL else count


def not_frozen(opened: bool) -> None:
    """Form, period and thresholds of a procedure are frozen when it opens (R07)."""
    if opened:
        raise RuleViolation(
            "form", N_("The procedure is open: its form and thresholds can no longer be changed.")
        )


def refused_form(remarks: int) -> Message:
    """What is said of a form with errors, or with warnings nobody explained."""
    return N_("The form was not accepted. Remarks to be settled: %(count)s.", count=remarks)


def check_released(release_at: datetime, now: datetime, zone: str) -> None:
    """What is not yet released is refused by the server, at a direct address too (S12, S13)."""
    if now < release_at:
        moment = release_at.astimezone(ZoneInfo(zone))
        raise Forbidden(N_("This material opens on %(moment)s.", moment=f"{moment:%d.%m.%Y %H:%M}"))
