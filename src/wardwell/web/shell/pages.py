"""Pages that belong to no package: the partnership's colours, the statement on accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wardwell.web.shell.doors import open_to_all
from wardwell.web.shell.identity import sheet


@open_to_all
@require_safe
def identity_sheet(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of a colour; it depends on its address alone, so it may be kept for ever."""
    response = HttpResponse(sheet(colour), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Public Sector Bodies Accessibility Regulations 2018)."""
    return render(request, "accessibility.html")
