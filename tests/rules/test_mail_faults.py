"""What a mail server says, in plain words."""

from __future__ import annotations

import pytest

from journal.messages.mail_faults import fault_words


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("{'nobody@example.org': (550, b'5.1.1 no such user')}", "no such mailbox"),
        ("(552, b'5.2.2 mailbox full')", "full"),
        ("(554, b'5.7.1 rejected as spam')", "unwanted"),
        ("(535, b'5.7.8 authentication failed')", "login or password"),
        ("the server offers no TLS: the password is not sent in the clear", "protected"),
        ("(451, b'4.7.1 try again later')", "later"),
        ("[Errno 111] Connection refused", "does not answer"),
        ("timed out", "does not answer"),
        ("Connection unexpectedly closed", "does not answer"),
        ("Invalid Domain; domain part missing in address", "written wrongly"),
        ("something else", "did not take"),
    ],
)
def test_faults_in_plain_words(fault: str, word: str) -> None:
    assert word in fault_words(fault).key
