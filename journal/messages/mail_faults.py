"""What a mail server's refusal means, in plain words. Pure."""

from __future__ import annotations

import re

from journal.core.messages import N_, Message

_MEANINGS: tuple[tuple[str, Message], ...] = (
    (
        r"\b53[0-9]\b|\b5\.7\.8\b|authenticat",
        N_("The mail server does not accept the login or password of the journal's mailbox."),
    ),
    (
        r"\bTLS\b|certificate|\bSSL\b",
        N_("There is no protected connection to the mail server."),
    ),
    (
        r"\b[45]52\b|\b[45]\.2\.2\b|quota|mailbox (?:is )?full",
        N_("The mailbox is full: the reader has to make room."),
    ),
    (
        r"\b5\.7\.\d+\b|\b554\b|spam|blocked|blacklist|policy",
        N_("The mail server takes the letter for unwanted mail and does not let it through."),
    ),
    (
        r"\b55[013]\b|\b5\.1\.\d+\b|no such (?:user|mailbox)|user unknown",
        N_("There is no such mailbox, or it takes no letters. Check the address."),
    ),
    (
        r"\b4\d\d\b|\b4\.\d+\.\d+\b|try again|busy",
        N_("The mail server asks to try later."),
    ),
    (
        r"timed? ?out|refused|unreachable|Errno|not known|resolution|closed|reset|disconnect",
        N_("The mail server does not answer."),
    ),
    (
        r"address|header|local part|domain",
        N_("The address is written wrongly. Mend it with the person's data."),
    ),
)
_UNKNOWN = N_("The mail server did not take the letter.")


def fault_words(fault: str) -> Message:
    """The meaning of what the server, the connection or the making of the letter said."""
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, fault, re.IGNORECASE):
            return meaning
    return _UNKNOWN
