"""What was shown, for the audit trail: who looked at what is written down when the request ends."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from wardwell.audit.gate import Reading


def shown(request: HttpRequest, *, kind: str, says: str, subject: UUID | str = "") -> None:
    """Note that this page shows something protected. `says` follows the person's name: "looked at who has access".

    Every page of the application calls this once; the access matrix fails for a page that does not.
    """
    request.readings.append(Reading(kind=kind, subject=str(subject), says=says))  # type: ignore[attr-defined]
