"""The pages of a diary, each gathered in a fixed number of statements."""

from journal.diary.queries.reader import first_pupil
from journal.diary.queries.today import today_pages
from journal.diary.queries.week import week_page
from journal.diary.queries.year import absences_page, average_page, marks_page

__all__ = [
    "absences_page",
    "average_page",
    "first_pupil",
    "marks_page",
    "today_pages",
    "week_page",
]
