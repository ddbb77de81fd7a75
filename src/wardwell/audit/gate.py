"""The one gate: every change passes it, and so does every reading of what is protected.

An operation opens a transaction, asks the policy, does its work, and leaves an event in the audit trail in the words of the
domain. There is no switch to skip any of it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from wardwell.access.actor import Actor
from wardwell.access.database import acting_as, name_actor
from wardwell.access.policy import ADD, SEE, Decision, may
from wardwell.audit.models import Event

OUTSIDE = "outside"

P = ParamSpec("P")
T = TypeVar("T")


class NotAllowed(PermissionError):
    """The policy says no. The decision's sentence says to whom it would have said yes."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.because)
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an operation did: to what, in words that follow the actor's name, and the value for its caller."""

    subject: UUID | str
    says: str
    value: T


@dataclass(frozen=True, slots=True)
class Reading:
    """Something protected that was shown to somebody, waiting to be written down when the request ends."""

    kind: str
    subject: str
    says: str


def operation(*, verb: str, kind: str) -> Callable[[Callable[P, Done[T]]], Callable[P, T]]:
    """Guard a change: keyword-only, with `actor` and `at`; raises NotAllowed, and whatever the operation raises.

    The decorated function returns `Done`; its caller gets the value inside. Everything happens in one transaction: a change
    without its event, or an event without its change, cannot be.
    """

    def guard(change: Callable[P, Done[T]]) -> Callable[P, T]:
        @functools.wraps(change)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            actor, at = _asker(kwargs)
            decision = may(roles=actor.roles, verb=verb, kind=kind)
            if not decision.allowed:
                record_refusal(actor=actor, at=at, verb=verb, kind=kind, decision=decision)
                raise NotAllowed(decision)
            with transaction.atomic():
                name_actor(actor)
                done = change(*args, **kwargs)
                _write(actor, at, verb, kind, str(done.subject), f"{actor.name} {done.says}", decision)
            return done.value

        guarded.guards = (verb, kind)  # type: ignore[attr-defined]  # read by the architecture test
        return guarded

    return guard


def record_reading(*, actor: Actor, reading: Reading) -> None:
    """Write down that the actor saw something. The public's readings are not written down: what they see is published."""
    if actor.is_public:
        return
    decision = may(roles=actor.roles, verb=SEE, kind=reading.kind)
    _write(actor, actor.at, SEE, reading.kind, reading.subject, f"{actor.name} {reading.says}", decision)


def record_refusal(*, actor: Actor, at: datetime, verb: str, kind: str, decision: Decision, subject: str = "") -> None:
    """Write down a refusal, in a transaction of its own, so that it outlives the one that is about to be rolled back.

    A transaction that has added an event before holds the end of its chain until it ends, so there the refusal is added by
    itself: from outside it would wait for itself for ever.
    """
    sentence = f"{actor.name} was refused: {verb} {kind}. {decision.because}"
    if _holds_a_chain():
        _write(actor, at, "refused", kind, subject, sentence, decision)
        return
    with acting_as(actor, using=OUTSIDE):
        _write(actor, at, "refused", kind, subject, sentence, decision, using=OUTSIDE)


def record_installation(*, partnership_id: UUID, at: datetime, says: str) -> None:
    """Write down what an installation did, in nobody's name. Only the migrator's role can, for no rule lets anybody else."""
    name = "The installation"
    Event(
        partnership_id=partnership_id,
        at=at,
        actor_name=name,
        verb=ADD,
        kind="access.Partnership",
        subject=str(partnership_id),
        sentence=f"{name} {says}",
        because="Run by whoever deploys Wardwell.",
    ).save(force_insert=True)


def _holds_a_chain() -> bool:
    """Whether this transaction has added an event, and so locked the head of a chain."""
    if not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'audit_chain'::regclass"
            " AND mode = 'RowExclusiveLock')"
        )
        return bool(cursor.fetchone()[0])


def _asker(kwargs: dict[str, Any]) -> tuple[Actor, datetime]:
    actor, at = kwargs.get("actor"), kwargs.get("at")
    if not isinstance(actor, Actor) or not isinstance(at, datetime):
        raise TypeError("An operation takes actor=… and at=… by keyword.")
    return actor, at


def _write(
    actor: Actor,
    at: datetime,
    verb: str,
    kind: str,
    subject: str,
    sentence: str,
    decision: Decision,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    Event(
        partnership_id=actor.partnership_id,
        at=at,
        actor_id=actor.worker_id,
        actor_name=actor.name,
        verb=verb,
        kind=kind,
        subject=subject,
        sentence=sentence,
        rule=decision.rule,
        because=decision.because,
        purpose=actor.purpose,
    ).save(using=using, force_insert=True)
