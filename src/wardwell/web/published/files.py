"""Published files as they were sealed: PDF, Word, CSV, all in one; for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from wardwell.publication import queries
from wardwell.web.components import shown
from wardwell.web.published.pages import KIND, release_of
from wardwell.web.shell.doors import actor_of, open_to_all

KEPT = 300
"""Seconds for which a copy is not asked for again. The bytes never change; that it was withdrawn must be learnt soon."""
SHOWN_IN_THE_BROWSER = "application/pdf"


@open_to_all
@require_safe
def file(request: HttpRequest, code: str, reference: str, name: str) -> HttpResponse:
    """One file of a published document. Whoever kept a copy is told whether it is still the same."""
    view = release_of(request, code, reference)
    found = queries.output(actor_of(request), reference, name)
    if found is None:
        raise Http404
    shown(request, kind=KIND, subject=view.summary.id, says=f"took away {name} of {reference}")
    etag = f'"{found.view.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(found.path.read_bytes(), content_type=found.view.media_type)
        is_taken_away = found.view.media_type != SHOWN_IN_THE_BROWSER
        response["Content-Disposition"] = str(content_disposition_header(is_taken_away, found.view.download_name))
    response["ETag"] = etag
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
