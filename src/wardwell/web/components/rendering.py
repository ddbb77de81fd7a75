"""From a page to a response. Everything is printed before the response leaves, while the actor is still named."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardwell.web.components.page import Page
from wardwell.web.shell.identity import Identity

BYTE_ORDER_MARK = "\ufeff"


def render_page(request: HttpRequest, page: Page, *, status: int = 200) -> HttpResponse:
    """The page as HTML, within the shell of the application."""
    return render(request, page.template, {"page": page, "shell_template": "base.html"}, status=status)


def render_public_page(request: HttpRequest, page: Page, *, identity: Identity) -> HttpResponse:
    """The page as HTML, within the public site of a partnership: its name, its colours, nobody signed in."""
    request.identity = identity  # type: ignore[attr-defined]  # read by the context processor of the shell
    return render(request, page.template, {"page": page, "shell_template": "public_base.html"})


def csv_response(lines: Iterable[str], *, file_name: str) -> HttpResponse:
    """Lines of CSV as a download, marked as UTF-8 so that spreadsheets read names rightly."""
    response = HttpResponse(BYTE_ORDER_MARK + "".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
