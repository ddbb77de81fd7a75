"""The seal of an event: what is hashed, so that anybody can compute it again without the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NO_PARTNERSHIP = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event as read back, with the fields its hash was made from."""

    id: str
    partnership: str | None
    sequence: int
    at: datetime
    actor_id: str | None
    actor_name: str
    verb: str
    kind: str
    subject: str
    sentence: str
    rule: str
    because: str
    purpose: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is broken, and what that means."""

    partnership: str
    sequence: int
    what: str


def digest(event: SealedEvent) -> str:
    """SHA-256 over the event's fields and the hash before it, as one JSON array (what the database trigger hashes too)."""
    at = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [
        event.previous_hash,
        event.id,
        event.partnership,
        event.sequence,
        at,
        event.actor_id,
        event.actor_name,
        event.verb,
        event.kind,
        event.subject,
        event.sentence,
        event.rule,
        event.because,
        event.purpose,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def faults(events: Iterable[SealedEvent], *, partnership: str, length: int, head: str) -> tuple[Fault, ...]:
    """Every place where a chain, in order of sequence, does not hold; none means nothing was altered, removed or inserted.

    Parameters
    ----------
    length, head
        Length and last hash of the chain, as kept apart from the events.
    """
    found: list[Fault] = []
    previous, expected = "", 1
    for event in events:
        if event.sequence != expected:
            what = "an event is missing before this one" if event.sequence > expected else "an event was inserted here"
            found.append(Fault(partnership, event.sequence, what))
        if event.previous_hash != previous:
            found.append(Fault(partnership, event.sequence, "it does not follow on from the event before it"))
        if digest(event) != event.hash:
            found.append(Fault(partnership, event.sequence, "its words or fields were altered after it was written"))
        previous, expected = event.hash, event.sequence + 1
    if expected - 1 != length or previous != head:
        found.append(
            Fault(
                partnership,
                expected,
                f"the chain should have {length} events and end elsewhere: the last were removed or replaced",
            )
        )
    return tuple(found)
