"""What is protected: rows that nobody can even ask for without saying who asks."""

from __future__ import annotations

import os
import time
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query

from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, Role, Rule, Scope, rules_for
from wardwell.access.scopes import SCOPES, Asker


class ActorMissing(RuntimeError):
    """A protected model was asked for rows without `visible_to(actor)`: a mistake of ours, made loud."""


def time_ordered_key() -> uuid.UUID:
    """An opaque key that sorts by the time it was made (UUID version 7, RFC 9562), so that it tells nothing else."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (
        (milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    )
    return uuid.UUID(int=value)


def condition(asker: Asker, model: type[ProtectedModel], rules: Collection[Rule]) -> Q:
    """The rows of a model that these rules reach, as one condition; no rules reach no rows."""
    roles: dict[Scope, set[Role]] = defaultdict(set)
    for rule in rules:
        roles[rule.scope].add(rule.role)
    reached = Q(pk__in=[])
    for scope in sorted(roles):
        reached |= SCOPES[scope](asker, roles[scope], model)
    return reached


class _SealedQuery(Query):
    """A query that refuses to be compiled until somebody has been named."""

    opened: bool = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        if not self.opened:
            name = self.model._meta.label if self.model else "this model"
            raise ActorMissing(f"{name} is protected: say who asks, with {name}.objects.visible_to(actor).")
        return super().get_compiler(*args, **kwargs)


M = TypeVar("M", bound=models.Model)


class ProtectedQuerySet(models.QuerySet[M]):
    """Rows of a protected model; usable only after `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Only the rows that the policy lets this actor see, as at the actor's moment."""
        visible = self.all()
        sealed: Any = visible.query
        sealed.opened = True
        model: Any = self.model
        return visible.filter(condition(Asker.given(actor), model, rules_for(model._meta.label, SEE)))

    def update(self, **values: Any) -> int:
        self._refuse_unless_opened()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_unless_opened()
        return super().delete()

    def _refuse_unless_opened(self) -> None:
        sealed: Any = self.query
        if not sealed.opened:
            raise ActorMissing(f"{self.model._meta.label} is protected: say who asks, with visible_to(actor).")


class ProtectedManager(models.Manager[M]):
    """The only public door to a protected model's rows."""

    def get_queryset(self) -> ProtectedQuerySet[M]:
        return ProtectedQuerySet(self.model, query=_SealedQuery(self.model), using=self._db)

    def visible_to(self, actor: Actor) -> ProtectedQuerySet[M]:
        """Only the rows that the policy lets this actor see, as at the actor's moment."""
        return self.get_queryset().visible_to(actor)


class ProtectedModel(models.Model):
    """A record under the policy: walled off by partnership, in queries and in PostgreSQL alike.

    A subclass belongs to a partnership by the column named `partnership_column`; a kind that can be published has a
    `public_from`; a kind about a worker names that worker's column in `own_column`. `row_security` is False only for what
    must be read before the actor is known. The agency that a row is of stands in `agency_column`, or is that of another row:
    `agency_through` is the column that names it, and its kind. `classification` sorts every field by how much harm its leak can do.
    """

    partnership_column: ClassVar[str] = "partnership_id"
    own_column: ClassVar[str] = "worker_id"
    agency_column: ClassVar[str] = "agency_id"
    agency_through: ClassVar[tuple[str, str] | None] = None
    row_security: ClassVar[bool] = True
    classification: ClassVar[dict[str, str]] = {}

    id = models.UUIDField(primary_key=True, default=time_ordered_key, editable=False)

    objects: ClassVar[ProtectedManager[Self]] = ProtectedManager()

    class Meta:
        abstract = True
