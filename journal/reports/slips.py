"""Slips with a login and a temporary password, to cut out and hand over (004, item 18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import Slip, SlipSheet, render_slips

Say = Callable[[Message | str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSlip:
    """One person's slip; `whose` says who he is here («5А», «parent of …», a position)."""

    name: str
    whose: Message | str
    login: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSheet:
    """What stands on every slip: the school, the address of the sign-in page, when it was made."""

    school: str
    address: str
    made_at: datetime
    time_zone: str


def credential_slips(sheet: CredentialSheet, slips: Sequence[CredentialSlip], say: Say) -> bytes:
    """The PDF of the slips, eight a page, in the order given. It is the only copy."""
    moment = f"{sheet.made_at.astimezone(ZoneInfo(sheet.time_zone)):%d.%m.%Y %H:%M}"
    return render_slips(
        SlipSheet(
            school=sheet.school,
            title=say(N_("Logins and temporary passwords")),
            made=say(N_("Made on %(moment)s", moment=moment)),
            page_label=say(N_("page %(page)s of %(pages)s")),
        ),
        [_slip(sheet, slip, say) for slip in slips],
    )


def _slip(sheet: CredentialSheet, slip: CredentialSlip, say: Say) -> Slip:
    return Slip(
        title=slip.name,
        lines=(
            (say(N_("Who")), say(slip.whose)),
            (say(N_("Address")), sheet.address),
            (say(N_("Login")), slip.login),
            (say(N_("Temporary password")), slip.password),
        ),
        note=say(
            N_(
                "At the first sign-in choose a password of your own. Tell it to nobody: neither "
                "the school nor the class teacher will ask for it."
            )
        ),
        qr=sheet.address,
    )
