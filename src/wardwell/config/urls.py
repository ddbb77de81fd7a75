"""Every address of the site."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path

SHUT = ("signup/", "email/", "3rdparty/signup/")
"""Pages of django-allauth that are not ours: nobody enters themselves, and an address is changed by whoever gives access."""


def shut(request: HttpRequest) -> NoReturn:
    """There is no such page."""
    raise Http404


urlpatterns = [
    *(path(f"accounts/{page}", shut) for page in SHUT),
    path("accounts/", include("allauth.urls")),
    path("", include("wardwell.web.urls")),
]
