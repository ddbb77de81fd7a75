"""The explorer: one question about crime in an area, answered by month, by area and by type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardstats import Disclosed, Snapshot, UnableToCompute
from wardwell.access import queries as access
from wardwell.access.policy import ADD, SEE, may
from wardwell.evidence.queries import evidence
from wardwell.web.components import (
    Bullets,
    Column,
    Component,
    Details,
    Empty,
    Fact,
    Facts,
    Link,
    Page,
    Panel,
    Paragraph,
    Table,
    printed,
    render_page,
    shown,
)
from wardwell.web.components.results import chart_of, lineage_of, map_of, nothing_to_show, table_of
from wardwell.web.explorer.asking import Asked, Question, form_of, read
from wardwell.web.explorer.holdings import Holding, holding
from wardwell.web.explorer.views import (
    BY_AREA,
    BY_MONTH,
    BY_TYPE,
    CHANGE,
    COMPARED,
    RATE,
    TOTAL,
    TYPES_BY_MONTH,
    View,
    rule,
)
from wardwell.web.shell.doors import actor_of, must_see, open_to_workers

KIND = "evidence.Snapshot"
ORIGIN = Link(text="Where these numbers come from", href="#origin")
LEAD = "Published crime in the district, by place, time and type, with what must be known to read it."
WARDS = Link(text="a page for each ward", href="/explorer/wards")
SAVED = Link(text="a list of saved questions", href="/explorer/saved")
QUESTION = "assessment.SavedQuestion"
SOURCES = Table[Snapshot](
    caption="Kept files",
    is_caption_hidden=True,
    columns=(
        Column(name="source", label="Source", link=lambda row: f"/evidence/files/{row.sha256}"),
        Column(name="edition", label="Edition"),
        Column(name="licence", label="Licence"),
        Column(name="sha256", label="Digest (SHA-256)", kind="code"),
    ),
)
HIDDEN = {
    "by-area": {"area_code", "method", "rank", "best", "worst"},
    "by-month": {"value"},
    "by-type": set(),
    "types-by-month": set(),
    "compared": {"area_code", "method", "compared"},
}


@open_to_workers
@require_safe
def explorer(request: HttpRequest) -> HttpResponse:
    """Ask, and see the answer as pictures, a map and tables."""
    must_see(request, kind=KIND)
    try:
        held = held_for(request)
    except UnableToCompute as reason:
        shown(request, kind=KIND, says="looked at the explorer, which has no evidence yet")
        return render_page(request, _page(Panel(name="results", contents=[nothing(str(reason))])))
    question = read(request.GET, held)
    shown(request, kind=KIND, says=f"explored {in_words(question.asked, held)}")
    form = Panel(contents=[form_of(question, held)])
    return render_page(request, _page(_ways(request), form, _results(request, question, held)))


def held_for(request: HttpRequest) -> Holding:
    """The evidence that this actor may see, of the district of the partnership worked for. Raises UnableToCompute."""
    actor = actor_of(request)
    found, here = evidence(actor), access.partnership(actor)
    if here is None or not found.snapshots:
        raise UnableToCompute("Nothing has been kept that could be counted.")
    return holding(found, here.lad_code)


def in_words(asked: Asked, held: Holding) -> str:
    """The question as a sentence says it."""
    place = held.place(asked.area)
    first, last = printed(asked.first, "month"), printed(asked.last, "month")
    period = first if first == last else f"{first} to {last}"
    what = asked.crime_type or "all crime"
    return f"{what[:1].lower()}{what[1:]} in {place.name if place else held.name}, {period}"


def _page(*panels: Panel) -> Page:
    return Page(title="Explorer", section="explorer", lead=LEAD, panels=panels)


def nothing(because: str) -> Empty:
    """Said where no evidence is kept that could be explored."""
    link = Link(text="Go to evidence", href="/evidence")
    text = f"{because} Files of street-level crime, residents and area look-ups are needed before anything can be explored."
    return Empty(heading="There is no evidence to explore yet", text=text, link=link)


def _results(request: HttpRequest, question: Question, held: Holding) -> Panel:
    if question.problems:
        return Panel(name="results", heading="This cannot be shown", contents=[Bullets.of(*question.problems)])
    asked = question.asked
    said = in_words(asked, held)
    drawn: list[Disclosed] = []
    contents = [
        *_save(request, asked),
        _figures(asked, held, drawn),
        *_view(BY_MONTH, asked, held, drawn),
        *_view(TYPES_BY_MONTH, asked, held, drawn),
        *_areas(asked, held, drawn),
        *_view(BY_TYPE, asked, held, drawn),
        *(_view(COMPARED, asked, held, drawn) if held.peers else ()),
        _origin(held, drawn),
    ]
    heading = f"{said[:1].upper()}{said[1:]}"
    return Panel(name="results", heading=heading, contents=contents)


def _ways(request: HttpRequest) -> Panel:
    """Where else to look, as far as this actor may."""
    may_see = may(roles=actor_of(request).roles, verb=SEE, kind=QUESTION).allowed
    return Panel(contents=[Paragraph.of("There is ", WARDS, *((", and ", SAVED) if may_see else ()), ".")])


def _save(request: HttpRequest, asked: Asked) -> Iterator[Component]:
    """The way to keep the question on view under a name, for whoever may."""
    if may(roles=actor_of(request).roles, verb=ADD, kind=QUESTION).allowed:
        yield Paragraph.of(Link(text="Save this question", href=f"/explorer/saved/new?{asked.address}"))


def _figures(asked: Asked, held: Holding, drawn: list[Disclosed]) -> Component:
    facts = []
    for view, made in ((TOTAL, _total_fact), (RATE, _rate_fact), (CHANGE, _change_fact)):
        try:
            disclosed = view.answer(held, asked)
        except UnableToCompute as reason:
            facts.append(Fact(label="Change on a year before", value=NOT_KNOWN, note=str(reason)))
            continue
        if disclosed is not None:
            drawn.append(disclosed)
            facts.append(made(disclosed))
    return Facts(facts)


NOT_KNOWN = "–"


def _total_fact(disclosed: Disclosed) -> Fact:
    return Fact(label=disclosed.column("count").label, value=disclosed.fact("count"), note=disclosed.fact("period"))


def _rate_fact(disclosed: Disclosed) -> Fact:
    interval = f"{disclosed.fact('lower')} to {disclosed.fact('upper')}, 95% interval"
    return Fact(label="Per 1,000 residents", value=disclosed.fact("rate"), note=interval)


def _change_fact(disclosed: Disclosed) -> Fact:
    counts = f"From {disclosed.fact('before')} to {disclosed.fact('after')}"
    note = (
        f"{counts}; {disclosed.fact('lower')} to {disclosed.fact('upper')}, 95% interval: {disclosed.fact('verdict')}"
    )
    return Fact(label="Change on a year before", value=disclosed.fact("percent"), note=note)


def _view(view: View, asked: Asked, held: Holding, drawn: list[Disclosed]) -> Iterator[Component]:
    try:
        disclosed = view.answer(held, asked)
    except UnableToCompute as reason:
        yield nothing_to_show(str(reason))
        return
    if disclosed is None:
        return
    drawn.append(disclosed)
    yield chart_of(
        disclosed,
        picture=picture_address(view, asked, held, "wide"),
        narrow_picture=picture_address(view, asked, held, "narrow"),
        table=table_of(disclosed, leave_out=HIDDEN[view.name]),
        source=ORIGIN,
        downloads=_downloads(view, asked, disclosed),
    )


def _areas(asked: Asked, held: Holding, drawn: list[Disclosed]) -> Iterator[Component]:
    if asked.is_about_incidents:
        yield Paragraph.of("Incidents are not ranked by area: no measure does so yet.", style="small")
        return
    try:
        disclosed = BY_AREA.answer(held, asked)
    except UnableToCompute as reason:
        yield nothing_to_show(str(reason))
        return
    if disclosed is None:
        return
    drawn.append(disclosed)
    yield map_of(
        disclosed,
        value=asked.by,
        boundaries=f"/explorer/boundaries/{held.district}/{asked.level}.geojson",
        table=table_of(disclosed, leave_out=HIDDEN["by-area"]),
        source=ORIGIN,
        downloads=_downloads(BY_AREA, asked, disclosed),
    )


def picture_address(view: View, asked: Asked, held: Holding, width: str) -> str:
    """The address of a picture: with the digest of the evidence in it, so that a browser may keep it for good."""
    return f"/explorer/{view.name}.svg?{asked.address}&width={width}&evidence={held.key[:16]}"


def _downloads(view: View, asked: Asked, disclosed: Disclosed) -> list[Link]:
    address = f"/explorer/{view.name}.csv"
    pictures = {"SVG": "-with-notes.svg", "PNG": ".png"} if disclosed.chart != "none" else {}
    return [
        Link(text="CSV", hidden=f"of {disclosed.title}", href=f"{address}?{asked.address}"),
        *(
            Link(text=name, hidden=f"of {disclosed.title}", href=f"/explorer/{view.name}{ending}?{asked.address}")
            for name, ending in {"XLSX": ".xlsx", **pictures}.items()
        ),
        Link(
            text="What is in the CSV",
            hidden=f"of {disclosed.title}, as JSON",
            href=f"{address}-metadata.json?{asked.address}",
        ),
    ]


def _origin(held: Holding, drawn: Sequence[Disclosed]) -> Panel:
    used = {digest for disclosed in drawn for digest in disclosed.provenance["lineage"]["snapshots"]}
    kept = [one for one in held.reader.evidence.snapshots if one.sha256 in used]
    measures: list[Component] = [Details(disclosed.title, [lineage_of(disclosed)]) for disclosed in drawn]
    small = (
        f"Counts from 1 to {rule().threshold - 1} are not shown, and neither is what would reveal them: the same rule as in print. "
        "Several of these pages held against one another may still tell more than one of them does. So they are for the "
        "partnership’s own work; what is published goes through a release, which is checked against earlier ones."
    )
    return Panel(
        name="origin",
        heading="Where these numbers come from",
        level=3,
        style="plain",
        contents=[SOURCES.of(kept), *measures, Paragraph.of(small, style="small")],
    )
