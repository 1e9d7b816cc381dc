"""Acts that reach across features: publishing a timetable into dated lessons."""

from journal.office.service import Published, publish_year

__all__ = ["Published", "publish_year"]
