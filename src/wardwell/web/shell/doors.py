"""How a page is entered: by anybody, by whoever has signed in, or by whoever may see what it is about.

Every page of the web has one of these three doors (the access matrix is checked against them). A page that changes something
says no with 403 and the policy's own sentence; what somebody may not see is not there for them, 404.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, may
from wardwell.audit.gate import NotAllowed, record_refusal

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Door(StrEnum):
    """Who gets in, in words for the reference."""

    ALL = "anybody"
    WORKERS = "whoever has signed in"
    SEEING = "whoever may see what it is about"


def open_to_all(view: View[P]) -> View[P]:
    """A page for everybody: it shows only what the policy shows to whoever asks."""
    return _marked(view, Door.ALL)


def open_to_workers(view: View[P]) -> View[P]:
    """A page of the application: whoever has not signed in is asked to, and then comes back."""

    @functools.wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request).is_public:
            return redirect_to_login(request.get_full_path())
        return _answered(view, request, *args, **kwargs)

    return _marked(entered, Door.WORKERS)


def open_to_whoever_may_see(view: View[P]) -> View[P]:
    """A page about one thing: for a stranger, and for whoever has not signed in, there is no such thing."""

    @functools.wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request).is_public:
            raise Http404
        return _answered(view, request, *args, **kwargs)

    return _marked(entered, Door.SEEING)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware built it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by config.middleware.NameActor
    return actor


def must_see(request: HttpRequest, *, kind: str) -> None:
    """Stop with 404 where no rule shows this kind of record to the worker: for them there is no such page."""
    if not may(roles=actor_of(request).roles, verb=SEE, kind=kind).allowed:
        raise Http404


def must_be_allowed(request: HttpRequest, *, verb: str, kind: str) -> None:
    """Stop with 403 and the policy's sentence, before a form is shown that could not be sent. The refusal is written down."""
    actor = actor_of(request)
    decision = may(roles=actor.roles, verb=verb, kind=kind)
    if not decision.allowed:
        record_refusal(actor=actor, at=actor.at, verb=verb, kind=kind, decision=decision)
        raise PermissionDenied(decision.because)


def _answered(view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.decision.because) from refusal


def _marked(view: View[P], door: Door) -> View[P]:
    view.door = door  # type: ignore[attr-defined]  # read by the access matrix and its test
    return view
