"""What happens to a release afterwards: it is counted again, and it may be withdrawn; it is never changed or removed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.publication.models import Release
from wardwell.publication.rules import can_withdraw
from wardwell.publication.verification import NoSuchRelease, Verification, verification_of

KIND = "publication.Release"


class UnableToWithdraw(ValueError):
    """Why a release cannot be withdrawn, in a sentence for the screen."""


@operation(verb="withdraw", kind=KIND)
def withdraw(*, actor: Actor, at: datetime, reference: str, reason: str) -> Done[UUID]:
    """Withdraw a release: its page stays, with the reason above it, and its files stay, marked. Raises UnableToWithdraw."""
    rows = Release.objects.visible_to(actor).filter(partnership_id=actor.here, reference=reference)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise UnableToWithdraw(f"This partnership has no release {reference}.")
    decision = can_withdraw(row.state, reason=reason)
    if not decision.allowed:
        raise UnableToWithdraw(decision.because)
    row.state, row.withdrawn_by_id, row.withdrawn_at = Release.State.WITHDRAWN, actor.self_id, at
    row.withdrawn_reason = reason.strip()
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    return Done(row.id, f"withdrew {row.reference}: {row.withdrawn_reason}", row.id)


@operation(verb="verify", kind=KIND)
def verify(*, actor: Actor, at: datetime, reference: str) -> Done[Verification]:
    """Count every number of a release again, and write down what came of it. Raises NoSuchRelease."""
    rows = Release.objects.visible_to(actor).filter(partnership_id=actor.here, reference=reference)
    key = rows.values_list("id", flat=True).first()
    if key is None:
        raise NoSuchRelease(f"This partnership has no release {reference}.")
    found = verification_of(actor, release_id=key)
    rows.update(verified_at=at, verified_faults=len(found.faults))
    return Done(key, f"verified {reference}: {found.says}", found)
