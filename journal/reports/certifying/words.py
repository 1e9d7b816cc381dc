"""What a certified sheet says of itself, on paper and in files."""

from __future__ import annotations

from collections.abc import Iterator

from journal.core.messages import N_, Message
from journal.reports.certifying.queries import Edition
from journal.reports.forms.model import grouped
from journal.reports.forms.writing import Making, Say

POSTS = {"director": N_("Director"), "deputy_director": N_("Deputy director")}


def certified_making(
    edition: Edition, *, time_zone: str, moment: str, address: str, say: Say
) -> Making:
    """Made when it was certified, with its code and its certification block; `moment` as it is
    read, `address` where a code is checked, empty where that is not known."""
    return Making(
        at=edition.certified_at,
        time_zone=time_zone,
        code=grouped(edition.code),
        certified=tuple(say(one) for one in _block(edition, moment, address)),
    )


def _block(edition: Edition, moment: str, address: str) -> Iterator[Message]:
    post = POSTS[edition.post]
    yield N_("Certified, edition %(edition)s", edition=edition.edition)
    yield N_("%(post)s %(name)s, %(moment)s", post=post, name=edition.name, moment=moment)
    yield N_("SHA-256 of the figures: %(digest)s", digest=edition.sha256)
    if address:
        yield N_(
            "Check code %(code)s: whether it is genuine is told at %(address)s",
            code=grouped(edition.code),
            address=address,
        )
