"""The template that a supplier fills in, as CSV and as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardstats import sources
from wardwell.evidence import queries
from wardwell.evidence.queries import LayoutView
from wardwell.web.components import csv_response, shown
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

KIND = "evidence.Dataset"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to_whoever_may_see
@require_safe
def as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The headings and an example row, as CSV."""
    found = _layout(request, code)
    shown(request, kind=KIND, says=f"took away the template of {found.name} as CSV")
    return csv_response([sources.template_csv(found.layout)], file_name=f"template-{found.code}.csv")


@open_to_whoever_may_see
@require_safe
def as_workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a workbook, with a sheet of what is allowed."""
    found = _layout(request, code)
    shown(request, kind=KIND, says=f"took away the template of {found.name} as a workbook")
    response = HttpResponse(sources.template_xlsx(found.layout), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="template-{found.code}.xlsx"'
    return response


def _layout(request: HttpRequest, code: str) -> LayoutView:
    found = queries.layout(actor_of(request), code)
    if found is None:
        raise Http404
    return found
