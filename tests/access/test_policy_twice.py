"""One policy, two renderings: for any world, the query's filter and PostgreSQL's row security give the same rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import NOW
from wardwell.access.actor import Actor
from wardwell.access.database import name_actor, protected_models
from wardwell.access.policy import POLICY, Role
from wardwell.access.protection import ActorMissing, ProtectedModel, time_ordered_key
from wardwell.access.queries import actor_for
from wardwell.access.register import add_grant, put_partnership, put_worker
from wardwell.agencies.register import put_agency

ROLES = [role for role in Role if role != Role.PUBLIC]
moments = st.integers(min_value=-3, max_value=3).map(lambda days: NOW + timedelta(days=days))
grants = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(ROLES), moments, st.integers(1, 4)), max_size=8
)


class TestTheTwoRenderings:
    @given(
        grants=grants,
        asked_at=moments,
        published=st.lists(st.none() | moments, min_size=3, max_size=3),
        posts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), moments, st.integers(1, 4)), max_size=6),
    )
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_show_the_same_rows_in_any_world(
        self,
        as_migrator: None,
        grants: list[Any],
        asked_at: datetime,
        published: list[datetime | None],
        posts: list[Any],
    ) -> None:
        with transaction.atomic():
            _lift_constraints()
            _without_checks()
            partnerships, workers = _random_world(grants, published)
            agencies = _posts(posts, workers)
            datasets = _datasets(partnerships, agencies)
            for model in protected_models():
                _two_rows_each(model, partnerships, workers, published, datasets)
            for actor in [Actor.public(at=asked_at), *(actor_for(worker_id=key, at=asked_at) for key in workers)]:
                for model in protected_models():
                    assert _by_query(model, actor) == _by_row_security(model, actor), (model._meta.label, actor)
            transaction.set_rollback(True)


class TestEveryProtectedModel:
    @pytest.mark.parametrize("model", protected_models(), ids=lambda model: model._meta.label)
    @pytest.mark.django_db
    def test_refuses_a_query_that_names_nobody(self, model: type[ProtectedModel]) -> None:
        with pytest.raises(ActorMissing, match="visible_to"):
            list(model.objects.all())
        with pytest.raises(ActorMissing):
            model.objects.count()
        with pytest.raises(ActorMissing):
            model.objects.filter(pk=time_ordered_key()).delete()
        with pytest.raises(ActorMissing):
            model.objects.all().update(id=time_ordered_key())

    def test_has_rules_and_every_rule_has_its_model(self) -> None:
        protected = {model._meta.label for model in apps.get_models() if issubclass(model, ProtectedModel)}
        assert {rule.kind for rule in POLICY} == protected


def _lift_constraints() -> None:
    """Let any row stand: what a row may look like is not the question here. The transaction is rolled back."""
    with connections["default"].cursor() as cursor:
        for model in protected_models():
            table = model._meta.db_table
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u')",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
            cursor.execute(
                "SELECT indexrelid::regclass::text FROM pg_index "
                "WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
                [table],
            )
            for (index,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {index}")


def _random_world(given: list[Any], published: list[datetime | None]) -> tuple[list[UUID], list[UUID]]:
    partnerships = [
        put_partnership(
            code=f"p{number}", name=f"Partnership {number}", lad_code="E0", csp_code="E2", force_code="E3", geography="",
            public_from=published[number] or NOW + timedelta(days=900),
        )
        for number in range(3)
    ]  # fmt: skip
    workers = [
        put_worker(
            email=f"w{number}@wardwell.example", name=f"Worker {number}", job_title="", at=NOW, is_synthetic=True
        )
        for number in range(4)
    ]
    for worker, partnership, role, begins, days in given:
        add_grant(
            worker_id=workers[worker], partnership_id=partnerships[partnership], role=role, reason="random",
            active_from=begins, active_until=begins + timedelta(days=days),
        )  # fmt: skip
    return partnerships, workers


def _posts(given: list[Any], workers: list[UUID]) -> list[int]:
    """Two agencies, for which some of the workers work for some days."""
    agencies = [
        put_agency(
            code=f"a{number}", name=f"Agency {number}", kind="police", responsible_authority=True, active_from=None,
            active_until=None, basis="", certainty="", note="",
        )
        for number in range(2)
    ]  # fmt: skip
    with connections["default"].cursor() as cursor:
        for worker, agency, begins, days in given:
            cursor.execute(
                "INSERT INTO agencies_post (worker_id, agency_id, active_from, active_until) VALUES (%s, %s, %s, %s)",
                [workers[worker], agencies[agency], begins.date(), (begins + timedelta(days=days)).date()],
            )
    return agencies


def _datasets(partnerships: list[UUID], agencies: list[int]) -> dict[UUID, list[UUID]]:
    """Of each partnership a dataset of each agency and one of nobody's, as bare rows."""
    model = apps.get_model("evidence", "Dataset")
    found: dict[UUID, list[UUID]] = {}
    with connections["default"].cursor() as cursor:
        for partnership in partnerships:
            for agency in (*agencies, None):
                key = time_ordered_key()
                _bare_row(cursor, model, {"id": key, "partnership_id": partnership, "supplier_id": agency})
                found.setdefault(partnership, []).append(key)
    return found


def _without_checks() -> None:
    """The rows are bare, so the tables' own rules of what belongs together are left out until the roll-back."""
    with connections["default"].cursor() as cursor:
        for model in protected_models():
            for one in model._meta.constraints:
                # A unique constraint with a condition is an index in PostgreSQL, any other a constraint.
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT IF EXISTS "{one.name}"')
                cursor.execute(f'DROP INDEX IF EXISTS "{one.name}"')


def _two_rows_each(
    model: type[ProtectedModel],
    partnerships: list[UUID],
    workers: list[UUID],
    published: list[datetime | None],
    datasets: dict[UUID, list[UUID]],
) -> None:
    """Rows of a model with just what the policy reads: whose it is, whom it is about, of which agency, since when it is public."""
    if model._meta.label == "access.Partnership":
        return
    with connections["default"].cursor() as cursor:
        for number, partnership in enumerate(partnerships):
            for worker in workers[:2]:
                for dataset in datasets[partnership]:
                    given = {
                        "partnership_id": partnership,
                        model.own_column: worker,
                        "public_from": published[number],
                        "dataset_id": dataset,
                    }
                    _bare_row(cursor, model, given)


def _bare_row(cursor: Any, model: type[Any], given: dict[str, Any]) -> None:
    """A row with what is given of its columns, and with anything at all in those that must not be empty."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if column in given:
            values[column] = given[column]
        elif not field.null:
            values[column] = _filler(field)
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(values))})',
        list(values.values()),
    )


def _filler(field: models.Field[Any, Any]) -> Any:
    """Anything that the column takes; foreign keys are checked at a commit that never comes."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.UUIDField):
        return time_ordered_key()
    if isinstance(kind, models.JSONField):
        return "{}"
    if isinstance(kind, models.BooleanField):
        return False
    if isinstance(kind, models.DateTimeField):
        return NOW
    if isinstance(kind, models.DateField):
        return NOW.date()
    if isinstance(kind, (models.IntegerField, models.FloatField, models.DecimalField)):
        return 1
    if isinstance(kind, models.BinaryField):
        return b""
    return str(time_ordered_key())[-(kind.max_length or 36) :]


def _by_query(model: type[ProtectedModel], actor: Actor) -> set[UUID]:
    # Without an order: some follow a foreign key, which leads nowhere for a bare row.
    return set(model.objects.visible_to(actor).order_by().values_list("id", flat=True))


def _by_row_security(model: type[ProtectedModel], actor: Actor) -> set[UUID]:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        name_actor(actor)
        cursor.execute("SET LOCAL ROLE app")
        cursor.execute(f'SELECT id FROM "{model._meta.db_table}"')
        rows = {row[0] for row in cursor.fetchall()}
        cursor.execute("SET LOCAL ROLE migrator")
    return rows
