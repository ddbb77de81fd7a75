"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from wardwell.access.policy import Role

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Actor:
    """This is the one idea of *who is asking*: a person or a service, for one partnership, at one moment.

    Built once for a request or a job (`access.queries.actor_for`) and handed down; nothing below a door asks for a
    user, a session or the clock.

    Attributes
    ----------
    worker_id
        Key of the worker, or None for the public.
    name
        As shown on screen and written into the audit trail.
    partnership_id
        The partnership worked for in this request, or None (the public; a worker without any grant).
    roles
        Roles held there by grants in force at `at`.
    at
        The moment of asking, aware, UTC. Grants are read as at this moment.
    purpose
        Why a sensitive record is opened, in the actor's own words; empty for ordinary work.
    """

    worker_id: UUID | None
    name: str
    partnership_id: UUID | None
    roles: frozenset[Role]
    at: datetime
    purpose: str = ""

    @classmethod
    def public(cls, *, at: datetime) -> Actor:
        """Somebody who has not signed in: may see only what has been published."""
        return cls(worker_id=None, name="the public", partnership_id=None, roles=frozenset({Role.PUBLIC}), at=at)

    @property
    def is_public(self) -> bool:
        return self.worker_id is None

    @property
    def here(self) -> UUID:
        """Key of the partnership worked for; the nil key, which nothing has, for somebody who works for none."""
        return self.partnership_id or NOBODY

    @property
    def self_id(self) -> UUID:
        """Key of the worker; the nil key for the public."""
        return self.worker_id or NOBODY

    @property
    def setting(self) -> str:
        """The value of the transaction-local setting that names this actor to PostgreSQL."""
        return "public" if self.worker_id is None else str(self.worker_id)

    def moved_to(self, at: datetime) -> Actor:
        """The same actor asking at another moment, with the same roles."""
        return replace(self, at=at)
