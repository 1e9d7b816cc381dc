"""The rules of submission: windows to the second, requests, who may, what counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.clock import end_of_day
from journal.core.errors import Forbidden, RuleViolation, WindowClosed
from journal.exchange.rules import (
    Part,
    Progress,
    Request,
    Statistics,
    Window,
    WindowState,
    check_extension,
    check_may_fill,
    check_may_post,
    check_request,
    check_window,
    progress_of,
    published,
    takes_part,
)

MOSCOW, OMSK = "Europe/Moscow", "Asia/Omsk"
SECOND = timedelta(seconds=1)
OPENS = datetime(2026, 10, 31, 21, 0, tzinfo=UTC)
CLOSES = end_of_day(date(2026, 11, 29), MOSCOW)


def window(**changes: datetime) -> Window:
    return Window(**{"opens_at": OPENS, "closes_before": CLOSES, **changes}, zone=MOSCOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - SECOND, WindowState.COMING),
        (OPENS, WindowState.OPEN),
        (CLOSES - SECOND, WindowState.OPEN),
        (CLOSES, WindowState.CLOSED),
    ],
)
def test_a_window_is_open_to_the_last_second(now: datetime, state: WindowState) -> None:
    assert window().state(now) is state
    if state is WindowState.OPEN:
        check_window(window(), now)
    else:
        with pytest.raises(WindowClosed):
            check_window(window(), now)


def test_the_last_day_ends_in_the_zone_of_the_region() -> None:
    assert datetime(2026, 11, 29, 21, 0, tzinfo=UTC) == CLOSES
    assert end_of_day(date(2026, 11, 29), OMSK) == datetime(2026, 11, 29, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (CLOSES, "29.11.2026"),
        (CLOSES - timedelta(hours=6), "29.11.2026 17:59:59"),
        (CLOSES + timedelta(hours=6), "30.11.2026 05:59:59"),
    ],
)
def test_the_refusal_names_the_last_moment(closes: datetime, words: str) -> None:
    with pytest.raises(WindowClosed) as refusal:
        check_window(window(closes_before=closes), closes)
    assert refusal.value.message.params == {"day": words}


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_an_extension_never_shortens(extension: int, moment: int) -> None:
    longer = window(extended_before=CLOSES + extension * SECOND)
    now = CLOSES + moment * SECOND
    assert longer.ends_before == max(CLOSES, CLOSES + extension * SECOND)
    assert (longer.state(now) is WindowState.CLOSED) == (moment >= max(extension, 0))


@pytest.mark.parametrize(
    ("until", "reason"), [(CLOSES, "сбой связи"), (CLOSES - SECOND, "x"), (CLOSES + SECOND, "  ")]
)
def test_an_extension_goes_further_and_says_why(until: datetime, reason: str) -> None:
    check_extension(window(), CLOSES + SECOND, "сбой связи")
    with pytest.raises(RuleViolation):
        check_extension(window(), until, reason)


ALLOWED = {
    (Request.NONE, Request.REQUESTED),
    (Request.REQUESTED, Request.APPROVED),
    (Request.REQUESTED, Request.DECLINED),
    (Request.REQUESTED, Request.WITHDRAWN),
    (Request.APPROVED, Request.WITHDRAWN),
    (Request.DECLINED, Request.REQUESTED),
    (Request.WITHDRAWN, Request.REQUESTED),
}


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("wanted", Request)
@pytest.mark.parametrize("present", Request)
def test_requests_go_their_way(present: Request, wanted: Request, begun: bool) -> None:
    fine = (present, wanted) in ALLOWED and not (begun and wanted is Request.WITHDRAWN)
    if fine:
        check_request(present, wanted, begun=begun)
        return
    with pytest.raises(RuleViolation):
        check_request(present, wanted, begun=begun)


def test_all_is_the_sum_and_editing_after_a_submission_stays_submitted() -> None:
    moments = ((None, None), (OPENS, None), (OPENS, CLOSES), (None, CLOSES))
    found = [progress_of(begun, sent) for begun, sent in moments]
    sent = Progress.SUBMITTED
    assert found == [Progress.NOT_BEGUN, Progress.FILLING, sent, sent]
    assert Statistics(2, 1, 1).total == 4
    assert [takes_part(True, Request.NONE), takes_part(False, Request.NONE)] == [True, False]
    assert takes_part(False, Request.APPROVED)


@pytest.mark.parametrize(
    ("coordinator", "responsible", "handed_over", "fills", "posts"),
    [
        (True, False, False, True, True),
        (True, True, True, True, True),
        (False, True, False, True, False),
        (False, True, True, False, False),
        (False, False, False, False, False),
    ],
)
def test_who_fills_and_who_posts(
    coordinator: bool, responsible: bool, handed_over: bool, fills: bool, posts: bool
) -> None:
    part = Part(coordinator=coordinator, responsible=responsible, handed_over=handed_over)
    for check, fine in ((check_may_fill, fills), (check_may_post, posts)):
        if fine:
            check(part)
            continue
        with pytest.raises(Forbidden):
            check(part)


def test_cells_under_three_are_not_published() -> None:
    assert [published(count) for count in (0, 1, 2, 3)] == [0, None, None, 3]
