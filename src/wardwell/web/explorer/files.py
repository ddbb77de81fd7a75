"""The explorer's pictures, boundaries and CSV files: behind the same door as its page."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_safe

from wardstats import Disclosed, UnableToCompute, png, svg, vega_lite, workbook
from wardstats.charts import register_fonts
from wardwell.access import queries as access
from wardwell.areas import queries as areas
from wardwell.neighbourhoods import queries as neighbourhoods
from wardwell.web.components import csv_response, shown
from wardwell.web.explorer.asking import Asked, read
from wardwell.web.explorer.holdings import Holding, Memory
from wardwell.web.explorer.pages import KIND, held_for, in_words
from wardwell.web.explorer.views import VIEWS
from wardwell.web.shell.doors import actor_of, must_see, open_to_whoever_may_see
from wardwell.web.templating import CHART_FONT, CHART_FONT_FOLDER

WIDTHS = {"wide": 920, "narrow": 360}
FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
EDITIONS = {
    "ward25": ("ward", "2025"),
    "lsoa21": ("lsoa", "2021"),
    "msoa-2021": ("msoa", "2021"),
    "constituencies": ("constituency", "2024"),
}

_pictures: Memory[str, str] = Memory(128)


@open_to_whoever_may_see
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A chart as SVG. Its address names the evidence it was drawn from, so it may be kept for good; its page leaves the reading."""
    held, asked, disclosed = _asked(request, name)
    width = WIDTHS.get(request.GET.get("width", ""), WIDTHS["wide"])
    if disclosed.chart == "none" or not disclosed.rows:
        raise Http404
    tag = _digest(disclosed, width, asked.scale)
    lasting = FOR_GOOD if request.GET.get("evidence") == held.key[:16] else ASK_AGAIN
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return _lasting(HttpResponseNotModified(), tag, lasting)
    drawn = _pictures.get(tag, lambda: _drawn(disclosed, width, asked.scale))
    return _lasting(HttpResponse(drawn, content_type="image/svg+xml"), tag, lasting)


@open_to_whoever_may_see
@require_safe
def drawing(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """A chart to take away, as SVG or PNG: with its title, its caveats and its source drawn into it."""
    held, asked, disclosed = _asked(request, name)
    if disclosed.chart == "none" or not disclosed.rows:
        raise Http404
    shown(request, kind=KIND, says=f"took away {in_words(asked, held)}, {name}, as {ending.upper()}")
    _know_the_font()
    one_scale = asked.scale == "one"
    spec = vega_lite(disclosed, font=CHART_FONT, width=WIDTHS["wide"], with_notes=True, one_scale=one_scale)
    content = svg(spec, embed_font=True).encode() if ending == "svg" else png(spec)
    return _taken_away(content, PICTURE_TYPES[ending], f"{name}.{ending}")


@open_to_whoever_may_see
@require_safe
def book(request: HttpRequest, name: str) -> HttpResponse:
    """A view's disclosed table as a workbook, its notes and source on a sheet of their own."""
    held, asked, disclosed = _asked(request, name)
    shown(request, kind=KIND, says=f"took away {in_words(asked, held)}, {name}, as XLSX")
    return _taken_away(workbook(disclosed), XLSX, f"{name}.xlsx")


@open_to_whoever_may_see
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """A view's disclosed table as CSV; the answer's Link header names its description."""
    held, asked, disclosed = _asked(request, name)
    shown(request, kind=KIND, says=f"took away {in_words(asked, held)}, {name}, as CSV")
    response = csv_response([disclosed.to_csv()], file_name=f"{name}.csv")
    about = f"/explorer/{name}.csv-metadata.json?{asked.address}"
    response["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    return response


@open_to_whoever_may_see
@require_safe
def metadata(request: HttpRequest, name: str) -> HttpResponse:
    """What is in the CSV: title, columns, units, notes and where the numbers come from (CSV on the Web, W3C 2015)."""
    held, asked, disclosed = _asked(request, name)
    shown(request, kind=KIND, says=f"looked at what is in the CSV of {in_words(asked, held)}, {name}")
    described = {**disclosed.metadata(), "url": f"{name}.csv"}
    return JsonResponse(described, content_type="application/csvm+json", json_dumps_params={"indent": 1})


@open_to_whoever_may_see
@require_safe
def boundaries(request: HttpRequest, district: str, level: str) -> HttpResponse:
    """The boundaries of a level as GeoJSON. Those of an edition never change; Priority Areas can be drawn again."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    here = access.partnership(actor)
    if here is None or here.lad_code != district:
        raise Http404
    if level == "priority-areas":
        collection = neighbourhoods.geojson(actor, partnership_id=actor.here, as_at=actor.at.date())
        lasting = ASK_AGAIN
    elif level in EDITIONS:
        kind, edition = EDITIONS[level]
        collection, lasting = areas.boundaries(district_code=district, kind=kind, edition=edition), FOR_GOOD
    else:
        raise Http404
    content = json.dumps(collection, separators=(",", ":"))
    tag = hashlib.sha256(content.encode()).hexdigest()[:32]
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return _lasting(HttpResponseNotModified(), tag, lasting)
    return _lasting(HttpResponse(content, content_type="application/geo+json"), tag, lasting)


def _asked(request: HttpRequest, name: str) -> tuple[Holding, Asked, Disclosed]:
    """The evidence, the question and its answer; 404 where the page would show no such table."""
    must_see(request, kind=KIND)
    if name not in VIEWS:
        raise Http404
    try:
        held = held_for(request)
        question = read(request.GET, held)
        disclosed = None if question.problems else VIEWS[name].answer(held, question.asked)
    except UnableToCompute as reason:
        raise Http404 from reason
    if disclosed is None:
        raise Http404
    return held, question.asked, disclosed


def _taken_away(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = ASK_AGAIN
    return response


def _digest(disclosed: Disclosed, width: int, scale: str) -> str:
    content = json.dumps([disclosed.to_json(), width, scale, CHART_FONT], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _drawn(disclosed: Disclosed, width: int, scale: str) -> str:
    _know_the_font()
    spec = vega_lite(disclosed, font=CHART_FONT, width=width, one_scale=scale == "one")
    return svg(spec, embed_font=True)


@cache
def _know_the_font() -> None:
    register_fonts(CHART_FONT_FOLDER)


def _lasting(response: HttpResponse, tag: str, lasting: str) -> HttpResponse:
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = lasting
    return response
