"""Changes to who works with us and what they may do. (`access` lies below the gate, so its guarded changes are here.)"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.policy import Role
from wardwell.access.queries import grant as grant_view
from wardwell.access.register import add_grant, end_grant, put_worker
from wardwell.audit.gate import Done, operation

LONGEST_STAFF_SESSION = timedelta(hours=8)


class UnableToGiveAccess(ValueError):
    """Why access cannot be given or ended, in a sentence for the screen."""


@operation(verb="open a staff session", kind="access.Grant")
def open_staff_session(*, actor: Actor, at: datetime, reason: str, until: datetime) -> Done[UUID]:
    """An administrator gets the power to give and end access, for a stated reason and until a stated moment."""
    if not reason.strip():
        raise UnableToGiveAccess("Say what the staff session is for.")
    if not at < until <= at + LONGEST_STAFF_SESSION:
        raise UnableToGiveAccess("A staff session ends within eight hours from now.")
    key = add_grant(
        worker_id=actor.self_id,
        partnership_id=actor.here,
        role=Role.STAFF_SESSION,
        reason=reason.strip(),
        active_from=at,
        active_until=until,
        given_by_id=actor.self_id,
    )
    return Done(key, f"opened a staff session until {until:%H:%M} UTC: {reason.strip()}", key)


@operation(verb="give access", kind="access.Grant")
def give_access(
    *,
    actor: Actor,
    at: datetime,
    email: str,
    name: str,
    job_title: str,
    role: Role,
    reason: str,
    until: datetime | None = None,
) -> Done[UUID]:
    """Give a role to a worker, entering them first if we do not know the address yet.

    Raises UnableToGiveAccess: without a reason, for a role that is not given this way, or with an end in the past.
    """
    if role in {Role.PUBLIC, Role.STAFF_SESSION, Role.IMPORT_SERVICE}:
        raise UnableToGiveAccess(f"The role “{role}” is not given by hand.")
    if not reason.strip():
        raise UnableToGiveAccess("Say why this access is needed.")
    if until is not None and until <= at:
        raise UnableToGiveAccess("The access must end later than now.")
    worker_id = put_worker(email=email, name=name, job_title=job_title, at=at)
    if worker_id == actor.self_id:
        raise UnableToGiveAccess("Nobody gives access to themselves: ask another administrator.")
    key = add_grant(
        worker_id=worker_id,
        partnership_id=actor.here,
        role=role,
        reason=reason.strip(),
        active_from=at,
        active_until=until,
        given_by_id=actor.self_id,
    )
    # An address that is known already belongs to whoever we know by it, whatever name was typed.
    given = grant_view(actor, grant_id=key)
    return Done(key, f"gave {given.worker_name if given else name} the role of {role}: {reason.strip()}", key)


@operation(verb="end access", kind="access.Grant")
def end_access(*, actor: Actor, at: datetime, grant_id: UUID, reason: str) -> Done[UUID]:
    """Let a grant end now. Raises UnableToGiveAccess when there is none in force that the actor may see."""
    view = grant_view(actor, grant_id=grant_id)
    if view is None or not view.in_force:
        raise UnableToGiveAccess("There is no such access in force.")
    if not reason.strip():
        raise UnableToGiveAccess("Say why this access ends.")
    end_grant(grant_id=grant_id, at=at)
    return Done(grant_id, f"ended the role of {view.role} of {view.worker_name}: {reason.strip()}", grant_id)
