"""What every request passes: one transaction, one named actor, strict headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from wardwell.access.actor import Actor
from wardwell.access.database import name_actor
from wardwell.access.queries import actor_for
from wardwell.audit.gate import record_reading

Handler = Callable[[HttpRequest], HttpResponseBase]


class StreamingRefused(RuntimeError):
    """A response would be produced after its transaction has ended, when no actor is named any more."""


class ContentSecurityPolicy:
    """Puts the strict policy on every page: own origin only, nothing inline, no frames."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), publickey-credentials-get=(self)"
        )
        return response


class NobodyElsesCopy:
    """Lets nobody but the reader keep a response that is the reader's own.

    A response that sets a cookie is never left to a shared cache, whatever its page says. What somebody signed in is
    shown is kept nowhere at all, unless its page has said how long the reader's own browser may keep it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        is_own = bool(response.cookies) or (actor is not None and not actor.is_public)
        if is_own and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_store=True)
        elif is_own:
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ("Cookie",))
        return response


class OneTransaction:
    """Runs the whole request in one transaction that begins with nobody named and is undone on a server error."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            name_actor(None)
            response = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                raise StreamingRefused(request.path)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class SessionEnds:
    """Ends a session some hours after it began, however busy it was (idle sessions end by their cookie's age)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = timezone.now()
            began = datetime.fromisoformat(request.session.setdefault("began", now.isoformat()))
            if now - began > timedelta(hours=settings.SESSION_HOURS):
                logout(request)
        return self.get_response(request)


class NameActor:
    """Builds the actor once, names it to PostgreSQL, and writes down what it was shown before the transaction ends."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or any("\x00" in one for many in request.GET.lists() for one in many[1]):
            raise BadRequest("An address has no sign NUL: nothing that is kept can hold it.")
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        request.readings = []  # type: ignore[attr-defined]
        name_actor(request.actor)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code < 400:
            for reading in request.readings:  # type: ignore[attr-defined]
                record_reading(actor=request.actor, reading=reading)  # type: ignore[attr-defined]
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        now = timezone.now()
        if not request.user.is_authenticated:
            return Actor.public(at=now)
        return actor_for(worker_id=request.user.pk, at=now, partnership_code=request.session.get("partnership"))
