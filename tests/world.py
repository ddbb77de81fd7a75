"""A small world to test in: Safer Wolverhampton, Safer Rotherham next door, and the cast of `personas`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.personas import CAST
from wardwell.access.actor import Actor
from wardwell.access.database import name_actor
from wardwell.access.queries import actor_for, actor_named, public_partnerships
from wardwell.access.register import add_grant, put_partnership, put_worker
from wardwell.agencies.register import put_post
from wardwell.jobs.install import Facts, install
from wardwell.jobs.signing_in import let_sign_in

NOW = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(days=400)
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class World:
    """Keys of what was built, and the cast as actors."""

    partnerships: dict[str, UUID]
    workers: dict[str, UUID]
    at: datetime

    def actor(self, who: str, *, partnership: str | None = None, at: datetime | None = None) -> Actor:
        """One of the cast (or `public`), as an actor named to PostgreSQL from here on."""
        at = at or self.at
        actor = (
            Actor.public(at=at)
            if who == "public"
            else actor_for(worker_id=self.workers[who], at=at, partnership_code=partnership)
        )
        name_actor(actor)
        return actor


def build_world(*, at: datetime = NOW) -> None:
    """Enter the reference partnership, its neighbour, the cast and their grants. Run as migrator, as an installation is."""
    partnerships = {
        "swp": install(Facts.read("swp"), at=BEFORE),
        "srp": put_partnership(
            code="srp",
            name="Safer Rotherham Partnership",
            lad_code="E08000018",
            csp_code="E22000236",
            force_code="E23000011",
            geography="metropolitan borough",
            public_from=BEFORE,
        ),
    }
    agencies = {agency["code"] for agency in Facts.read("swp")["agencies"]}
    for persona in CAST.values():
        worker = put_worker(
            email=persona.email,
            name=persona.name,
            job_title=persona.job_title,
            at=BEFORE,
            is_synthetic=True,
        )
        let_sign_in(worker_id=worker, email=persona.email, password=PASSWORD)
        if persona.agency in agencies:
            put_post(worker_id=worker, agency_code=persona.agency, active_from=BEFORE.date())
        for partnership, role in persona.grants:
            add_grant(
                worker_id=worker,
                partnership_id=partnerships[partnership],
                role=role,
                reason="invented for tests",
                active_from=BEFORE,
                active_until=at - timedelta(days=7) if persona.has_left else None,
            )


def find_world(*, at: datetime = NOW) -> World:
    """The keys of the world that stands in the test database."""
    name_actor(Actor.public(at=at))
    partnerships = {view.code: view.id for view in public_partnerships(Actor.public(at=at))}
    workers = {key: worker_id(persona.email) for key, persona in CAST.items()}
    return World(partnerships, workers, at)


def worker_id(email: str) -> UUID:
    """The key of the worker with this address."""
    found = actor_named(email=email, at=NOW).worker_id
    assert found is not None
    return found
