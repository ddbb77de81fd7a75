"""The policy as PostgreSQL enforces it: roles and rights, the named actor, and row security.

Three database roles: **migrator** owns the tables and is used for deployment alone; **app** owns nothing and is what the
product and its tests run as; **reader** is for analysts' tools on disclosed tables. Whoever can run any SQL at all as *app*
can name any actor: row security guards against our own mistakes, not against a broken application (THREAT-MODEL.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Q
from psycopg import ClientCursor

from wardwell.access.actor import Actor
from wardwell.access.policy import ADD, REMOVE, SEE, Rule, changing_rules_for, rules_for
from wardwell.access.protection import ProtectedModel, condition
from wardwell.access.scopes import Asker

APP, READER, MIGRATOR = "app", "reader", "migrator"

APPEND_ONLY = ("audit_event",)
SEALED = ("audit_chain", "django_migrations")


class TransactionMissing(RuntimeError):
    """An actor was named outside a transaction, where PostgreSQL would forget it at once and show no rows."""


def name_actor(actor: Actor | None, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell PostgreSQL who asks, for the rest of this transaction; None clears it, and nothing is visible."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise TransactionMissing("An actor can be named only inside a transaction.")
    who, at = (actor.setting, actor.at.isoformat()) if actor else ("", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wardwell.actor', %s, true), set_config('wardwell.at', %s, true)", [who, at])


@contextmanager
def acting_as(actor: Actor, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction of its own with this actor named: how a job or a command does its work."""
    with transaction.atomic(using=using):
        name_actor(actor, using=using)
        yield


def protected_models() -> list[type[ProtectedModel]]:
    """Every model under row security, by name."""
    found = [model for model in apps.get_models() if issubclass(model, ProtectedModel) and model.row_security]
    return sorted(found, key=lambda model: model._meta.label)


def policies(model: type[ProtectedModel]) -> dict[str, str]:
    """The four row security policies of a model, by command, as SQL.

    A row must be visible to be changed or removed; a new row must satisfy the rule that lets it be added.
    """
    label = model._meta.label
    see = _sql(model, rules_for(label, SEE))
    add, remove = (_sql(model, rules_for(label, verb)) for verb in (ADD, REMOVE))
    change = _sql(model, changing_rules_for(label))
    return {
        "SELECT": f"USING ({see})",
        "INSERT": f"WITH CHECK ({add})",
        "UPDATE": f"USING ({change}) WITH CHECK ({change})",
        "DELETE": f"USING ({remove})",
    }


def _sql(model: type[ProtectedModel], rules: tuple[Rule, ...]) -> str:
    """A condition as text, compiled by Django's own compiler with PostgreSQL's settings for the actor."""
    if not rules:
        return "false"
    reached: Q = condition(Asker.current(), model, rules)
    query = model._base_manager.filter(reached).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.pre_sql_setup()
    where, parameters = compiler.compile(query.where)
    raw = connections[DEFAULT_DB_ALIAS]
    raw.ensure_connection()
    return ClientCursor(raw.connection).mogrify(where, parameters)


def render() -> None:
    """Make PostgreSQL's rights and row security say what the policy says. Run, as migrator, after every migrate.

    Idempotent, in one transaction. Default privileges would not do: they are kept per database, and a test database has none.
    """
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement in (*_rights(), *_row_security()):
            cursor.execute(statement)


def _rights() -> Iterator[str]:
    # Whoever could make a temporary table could put it before one of ours, in functions that run as their owner.
    yield f'REVOKE TEMPORARY ON DATABASE "{connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]}" FROM public'
    yield f"GRANT USAGE ON SCHEMA public TO {APP}, {READER}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP}"
    for table in APPEND_ONLY:
        yield f"REVOKE UPDATE, DELETE ON {table} FROM {APP}"
    for table in SEALED:
        yield f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP}"


def _row_security() -> Iterator[str]:
    for model in protected_models():
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        for command, body in policies(model).items():
            name = f"{table}_{command.lower()}"
            yield f'DROP POLICY IF EXISTS "{name}" ON "{table}"'
            yield f'CREATE POLICY "{name}" ON "{table}" FOR {command} {body}'
            # PostgreSQL prints policies in its own words; the fingerprint says which of ours it was made from.
            yield f'COMMENT ON POLICY "{name}" ON "{table}" IS \'{fingerprint(body)}\''


def fingerprint(policy: str) -> str:
    """A short digest of a policy's text, kept as its comment so that drift from the table is found."""
    return hashlib.sha256(policy.encode()).hexdigest()[:16]


def drifted() -> tuple[str, ...]:
    """Policies in the database that are not what the table says now (to be empty)."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT p.polname, obj_description(p.oid, 'pg_policy') FROM pg_policy p")
        kept = dict(cursor.fetchall())
    wanted = {
        f"{model._meta.db_table}_{command.lower()}": fingerprint(body)
        for model in protected_models()
        for command, body in policies(model).items()
    }
    return tuple(sorted(name for name in kept.keys() | wanted.keys() if kept.get(name) != wanted.get(name)))
