"""Organisations page by page, in the order of their places and names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from journal.core.paging import Page, page_of
from journal.people.models import Organisation
from journal.people.queries import OrganisationCard


def organisation_page(
    session: Session, among: Select[Any], *, number: int
) -> Page[OrganisationCard]:
    """A page of the organisations whose ids that query gives, by municipality and name. One
    statement, two where they do not fit on a page."""
    place = func.coalesce(Organisation.municipality, "")
    query = select(
        Organisation.id,
        Organisation.code,
        Organisation.full_name,
        Organisation.short_name,
        place,
        Organisation.time_zone,
    ).where(Organisation.id.in_(among))
    order = (_without_yo(place), _without_yo(Organisation.short_name), Organisation.id)
    rows, shown, total = page_of(session, query.order_by(*order), number)
    return Page(tuple(OrganisationCard(*row) for row in rows), shown, total)


def _without_yo(text: Any) -> Any:
    """Databases put ё before or behind all letters: here it is sorted as е."""
    return func.replace(func.replace(text, "ё", "е"), "Ё", "Е")
