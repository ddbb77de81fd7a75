"""What suppliers are told is also e-mailed, where an installation has switched that on; never a line of the data themselves."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from wardwell.evidence.rules import counted

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a supplier's people."""

    subject: str
    body: str

    @classmethod
    def about(cls, sentences: Sequence[str], words: str = "") -> Self:
        """A letter that tells which periods are wanted, after somebody's own words if there are any.

        >>> Letter.about(["Fires, January 2025 is due on 1 March 2025."]).subject
        'Data to send in: 1 period'
        """
        own = [words, ""] if words else []
        address = f"{settings.PUBLIC_BASE_URL.rstrip('/')}/evidence"
        lines = [*own, *(f"- {sentence}" for sentence in sentences), "", f"Send it in at {address}", ""]
        return cls(f"Data to send in: {counted(len(sentences), 'period')}", "\n".join(lines))


def mail(addresses: Sequence[str], letter: Letter) -> tuple[str, ...]:
    """Send a letter to each address by itself once the transaction stands. Returns the addresses it goes to: none when off."""
    if not settings.MAIL_REMINDERS:
        return ()
    transaction.on_commit(lambda: _send(addresses, letter))
    return tuple(addresses)


def _send(addresses: Sequence[str], letter: Letter) -> None:
    # The reminder stands on the supplier's home page in any case; a mail server that is down must not undo it.
    for address in addresses:
        try:
            EmailMessage(letter.subject, letter.body, to=[address]).send()
        except (SMTPException, OSError) as fault:
            logger.warning("A reminder could not be e-mailed: %s", type(fault).__name__)
