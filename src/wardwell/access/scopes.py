"""The few ways a row can be yours, each one function from *who is asking* to a Django condition.

The same function serves both renderings: with the actor's own values it filters a query; with PostgreSQL's
transaction-local settings in their place it becomes the text of a row security policy. Outer references are plain
columns of the protected table, as a policy demands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, DateField, DateTimeField, Exists, Func, OuterRef, Q, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from wardwell.access.actor import Actor
from wardwell.access.policy import Role, Scope


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asking, as database expressions: the worker's key, whether anybody is named at all, and the moment."""

    worker: Combinable
    named: Combinable
    at: Combinable

    @classmethod
    def given(cls, actor: Actor) -> Asker:
        """The actor's own values, as parameters of a query."""
        return cls(
            worker=Value(actor.worker_id, output_field=UUIDField()),
            named=Value(True),
            at=Value(actor.at, output_field=DateTimeField()),
        )

    @classmethod
    def current(cls) -> Asker:
        """Whoever this transaction has named (`database.name_actor`); nobody, if it named nobody.

        Each setting is read in a scalar sub-select, which PostgreSQL evaluates once a statement and not once a row.
        """
        return cls(
            worker=Func(
                template="(SELECT NULLIF(NULLIF(current_setting('wardwell.actor', true), ''), 'public')::uuid)",
                output_field=UUIDField(),
            ),
            named=Func(
                template="(SELECT COALESCE(current_setting('wardwell.actor', true), '') <> '')",
                output_field=BooleanField(),
            ),
            at=Func(
                template="(SELECT NULLIF(current_setting('wardwell.at', true), '')::timestamptz)",
                output_field=DateTimeField(),
            ),
        )


def same_partnership(asker: Asker, roles: Collection[Role], model: type[Any]) -> Q:
    """The asker holds one of the roles, by a grant in force, in the partnership the row belongs to."""
    grants = apps.get_model("access", "Grant")._base_manager.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=asker.at),
        worker_id=asker.worker,
        partnership_id=OuterRef(model.partnership_column),
        role__in=sorted(roles),
        active_from__lte=asker.at,
    )
    return Q(Exists(grants))


def own_agency(asker: Asker, roles: Collection[Role], model: type[Any]) -> Q:
    """The asker holds one of the roles in the row's partnership, and works on that day for the agency the row is of."""
    return same_partnership(asker, roles, model) & _of_own_agency(asker, model)


def _of_own_agency(asker: Asker, model: type[Any]) -> Q:
    """A row without an agency is of nobody's; a row about another one is of that one's agency."""
    if model.agency_through is not None:
        column, kind = model.agency_through
        other = apps.get_model(kind)
        return Q(Exists(other._base_manager.filter(_of_own_agency(asker, other), id=OuterRef(column))))
    day = Cast(asker.at, DateField())
    posts = apps.get_model("agencies", "Post")._base_manager.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=day),
        worker_id=asker.worker,
        agency_id=OuterRef(model.agency_column),
        active_from__lte=day,
    )
    return Q(Exists(posts))


def published(asker: Asker, _roles: Collection[Role], _model: type[Any]) -> Q:
    """Somebody is asking (the public will do), and the row has been published by then."""
    return Q(public_from__lte=asker.at) & _is_true(asker.named)


def own(asker: Asker, _roles: Collection[Role], model: type[Any]) -> Q:
    """The row is about the asker."""
    return Q(**{model.own_column: asker.worker})


def in_own_name(asker: Asker, _roles: Collection[Role], model: type[Any]) -> Q:
    """The row says that the asker wrote it, in no partnership or in one where they hold or held a role; the public's say nobody."""
    nowhere = Q(**{f"{model.partnership_column}__isnull": True})
    grants = apps.get_model("access", "Grant")._base_manager.filter(
        worker_id=asker.worker, partnership_id=OuterRef(model.partnership_column)
    )
    nobody = Q(**{f"{model.own_column}__isnull": True}) & Q(IsNull(asker.worker, True)) & _is_true(asker.named)
    return (own(asker, _roles, model) & (nowhere | Q(Exists(grants)))) | (nobody & nowhere)


def _is_true(expression: Combinable) -> Q:
    return Q(Func(expression, function="", output_field=BooleanField(), template="(%(expressions)s)"))


SCOPES: dict[Scope, Callable[[Asker, Collection[Role], type[Any]], Q]] = {
    Scope.PARTNERSHIP: same_partnership,
    Scope.OWN_AGENCY: own_agency,
    Scope.PUBLISHED: published,
    Scope.OWN: own,
    Scope.IN_OWN_NAME: in_own_name,
}
