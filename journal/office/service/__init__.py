"""Commands of the office: publishing, substitutions, orders about days."""

from journal.office.service.publishing import Published, publish_year

__all__ = ["Published", "publish_year"]
