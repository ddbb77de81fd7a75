"""Which connection a query goes through."""

from __future__ import annotations

from typing import Any

from django.db.models import Model


class CacheOutside:
    """Sends the cache through a connection of its own, outside the request's transaction.

    Rate limits are counted in the cache; inside the transaction they would be undone by a roll-back and would make requests
    wait for one another.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "outside" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == "outside" else None
