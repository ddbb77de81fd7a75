"""A page for each ward, in plain words first: for the councillor who asks what is going on there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from wardstats import Cell, Disclosed, UnableToCompute
from wardwell.web.components import (
    Area,
    Bullets,
    Chart,
    Column,
    Component,
    Details,
    FilledTable,
    Link,
    Map,
    MapClass,
    Page,
    Panel,
    Paragraph,
    Table,
    render_page,
    shown,
)
from wardwell.web.components.results import BOUNDARIES, chart_of, table_of
from wardwell.web.explorer.asking import INCIDENTS, Asked, read
from wardwell.web.explorer.holdings import Holding, Place
from wardwell.web.explorer.pages import HIDDEN, KIND, held_for, nothing, picture_address
from wardwell.web.explorer.views import BY_AREA, BY_MONTH, BY_TYPE, CHANGE, RATE, TOTAL, View, rule
from wardwell.web.explorer.ward_words import (
    how_it_changed,
    how_many,
    incidents_apart,
    not_shown,
    of_what,
    ordinal,
    wards_of,
    where_it_stands,
)
from wardwell.web.shell.doors import must_see, open_to_whoever_may_see, open_to_workers

LEVEL = "ward25"
LIST = Link(text="Wards", href="/explorer/wards")
EXPLORER = Link(text="Explorer", href="/explorer")
LEAD = "One page for each ward: what was published of it, in words, on a map, by month and by type."


@dataclass(frozen=True)
class _Ward:
    """One ward, its question and what is answered of it."""

    held: Holding
    place: Place
    asked: Asked

    def answer(self, view: View) -> Disclosed | None:
        """A view of the ward; None where it cannot be computed."""
        try:
            return view.answer(self.held, self.asked)
        except UnableToCompute:
            return None

    @property
    def incidents(self) -> Disclosed | None:
        return replace(self, asked=replace(self.asked, crime_type=INCIDENTS)).answer(TOTAL)


@open_to_workers
@require_safe
def wards(request: HttpRequest) -> HttpResponse:
    """Every ward, with its numbers of the latest twelve months."""
    must_see(request, kind=KIND)
    shown(request, kind=KIND, says="looked at the list of wards")
    try:
        held = held_for(request)
        found = BY_AREA.answer(held, _asked(held))
    except UnableToCompute as reason:
        return render_page(request, _list_page(nothing(str(reason))))
    if found is None:
        raise Http404
    care = Details("Read with care", [Bullets.of(*found.notes)])
    return render_page(request, _list_page(Paragraph.of(f"{found.title}."), _table(found), care))


@open_to_whoever_may_see
@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """One ward: words first, then pictures, then what is not shown and why."""
    must_see(request, kind=KIND)
    one = _ward(request, code)
    shown(request, kind=KIND, says=f"looked at the page of the ward {one.place.name}")
    ranked = one.answer(BY_AREA)
    page = Page(
        title=one.place.name,
        caption=f"Ward of {one.held.name}",
        section="explorer",
        breadcrumbs=[EXPLORER, LIST],
        panels=[
            Panel(name="ward-words", contents=list(_words(one, ranked))),
            Panel(
                heading="On the map, by month and by type", name="ward-figures", contents=list(_figures(one, ranked))
            ),
            Panel(heading="What is not shown, and why", name="ward-not-shown", contents=[_left_out(one, ranked)]),
            Panel(heading="Read with care", name="ward-care", contents=[_care(one, ranked)]),
            Panel(name="ward-further", contents=[_further(one)]),
        ],
    )
    return render_page(request, page)


def _asked(held: Holding, code: str = "") -> Asked:
    """The latest twelve months of a ward, or of all of them."""
    return read(QueryDict(f"area={code}&level={LEVEL}&by=rate"), held).asked


def _ward(request: HttpRequest, code: str) -> _Ward:
    """The ward of an address; 404 where there is none."""
    try:
        held = held_for(request)
    except UnableToCompute as reason:
        raise Http404 from reason
    place = next((one for one in held.places.get(LEVEL, ()) if one.code == code), None)
    if place is None:
        raise Http404
    return _Ward(held, place, _asked(held, code))


def _words(one: _Ward, ranked: Disclosed | None) -> Iterator[Component]:
    total, rate, change = one.answer(TOTAL), one.answer(RATE), one.answer(CHANGE)
    if total is None or rate is None:
        yield Paragraph.of("Nothing can be counted for this ward in the latest twelve months.", style="lead")
        return
    changed = "How that compares with a year before is not known." if change is None else how_it_changed(change)
    yield Paragraph.of(f"{how_many(one.place.name, total, rate)} {changed}", style="lead")
    types, incidents = one.answer(BY_TYPE), one.incidents
    said = (
        "" if types is None else of_what(types),
        "" if ranked is None else where_it_stands(one.place.code, ranked),
    )
    yield Paragraph.of(" ".join(filter(None, said)))
    if incidents is not None:
        yield Paragraph.of(incidents_apart(incidents))


def _figures(one: _Ward, ranked: Disclosed | None) -> Iterator[Component]:
    if ranked is not None:
        yield _map(one, ranked)
    for view in (BY_MONTH, BY_TYPE):
        disclosed = one.answer(view)
        if disclosed is not None:
            yield _chart(view, one, disclosed)


def _chart(view: View, one: _Ward, disclosed: Disclosed) -> Chart:
    chart = chart_of(
        disclosed,
        picture=picture_address(view, one.asked, one.held, "wide"),
        narrow_picture=picture_address(view, one.asked, one.held, "narrow"),
        table=table_of(disclosed, leave_out=HIDDEN[view.name]),
    )
    return replace(chart, caveats=(), is_narrow_on_paper=True)


def _map(one: _Ward, ranked: Disclosed) -> Map:
    """Where the ward lies among the others; the table beside it says how they all stand."""
    areas = [
        Area(
            code=str(ranked.rows[at]["area_code"]),
            name=str(ranked.rows[at]["area"]),
            class_name="5" if ranked.rows[at]["area_code"] == one.place.code else "1",
            text=f"{ranked.text(Cell(at, 'rate'))} crimes per 1,000 residents",
        )
        for at in wards_of(ranked)
    ]
    return Map(
        title=f"Where {one.place.name} lies, and how the wards stand",
        boundaries=f"/explorer/boundaries/{one.held.district}/{LEVEL}.geojson",
        key="code",
        areas=areas,
        classes=[MapClass("5", one.place.name), MapClass("1", "The other wards")],
        table=_table(ranked),
        attribution=BOUNDARIES,
    )


def _table(ranked: Disclosed) -> FilledTable:
    """The wards by name, each with its place as chance leaves it open."""

    def text(name: str, at: int) -> str:
        return ranked.text(Cell(at, name))

    def places(at: int) -> str:
        best, worst = ranked.rows[at]["best"], ranked.rows[at]["worst"]
        if not (isinstance(best, int) and isinstance(worst, int)):
            return text("best", at)
        return ordinal(best) if best == worst else f"{ordinal(best)} to {ordinal(worst)}"

    table = Table[int](
        caption="The wards, by name",
        is_caption_hidden=True,
        columns=(
            Column(
                name="area",
                label="Ward",
                value=lambda at: text("area", at),
                link=lambda at: f"/explorer/wards/{ranked.rows[at]['area_code']}",
            ),
            Column(name="count", label="Crimes", kind="number", value=lambda at: text("count", at)),
            Column(name="rate", label="For every 1,000 residents", kind="number", value=lambda at: text("rate", at)),
            Column(name="place", label="Place by rate, allowing for chance", value=places),
        ),
    )
    return table.of(sorted(wards_of(ranked), key=lambda at: str(ranked.rows[at]["area"])))


def _left_out(one: _Ward, ranked: Disclosed | None) -> Bullets:
    found = [one.answer(view) for view in (TOTAL, RATE, CHANGE, BY_MONTH, BY_TYPE)]
    tables = [each for each in (*found, ranked, one.incidents) if each is not None]
    types = found[-1]
    return Bullets.of(*not_shown(tables, types, rule().threshold)) if types is not None else Bullets.of()


def _care(one: _Ward, ranked: Disclosed | None) -> Bullets:
    """What must be said with any of the figures, said once for the whole page."""
    found = (one.answer(BY_MONTH), one.answer(BY_TYPE), ranked)
    return Bullets.of(*dict.fromkeys(note for each in found if each is not None for note in each.notes))


def _further(one: _Ward) -> Paragraph:
    more = Link(text=f"Ask more about {one.place.name} in the explorer", href=f"/explorer?{one.asked.address}")
    return Paragraph.of(more, ". Where every number comes from is said at the foot of that page.", style="small")


def _list_page(*contents: Component) -> Page:
    return Page(
        title="Wards", section="explorer", lead=LEAD, breadcrumbs=[EXPLORER], panels=[Panel(contents=list(contents))]
    )
