"""What somebody asks of the explorer: read from the address, so that it can be shared, and kept within what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from wardwell.evidence.rules import next_month
from wardwell.web.components import Answers, Choice, FilledForm, Form, Option, printed
from wardwell.web.explorer.holdings import LEVELS, Holding

INCIDENTS = "Anti-social behaviour"
USUAL_MONTHS = 12
AREA_WORDS = {
    "priority-areas": "Priority Area",
    "constituencies": "Constituency",
    "ward25": "Ward",
    "msoa-2021": "Neighbourhood",
    "lsoa21": "Small area",
}
BY = {"rate": "Rate per 1,000", "count": "Number"}
SCALES = {"own": "Each on its own scale", "one": "All on one scale"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question. `first` and `last` are months, both included; an empty `area` is the district, an empty `type` all crime."""

    area: str
    first: date
    last: date
    crime_type: str
    level: str
    by: str
    peers: str = "force"
    scale: str = "own"

    @property
    def is_about_incidents(self) -> bool:
        return self.crime_type == INCIDENTS

    @property
    def query(self) -> dict[str, str]:
        """The question as an address carries it."""
        every = {
            "area": self.area,
            "from": f"{self.first:%Y-%m}",
            "to": f"{self.last:%Y-%m}",
            "type": self.crime_type,
            "level": self.level,
            "by": self.by,
            "peers": self.peers,
            "scale": self.scale,
        }
        return {name: value for name, value in every.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.query)

    @property
    def period(self) -> dict[str, str | None]:
        """The period as measures take it, the end exclusive."""
        return {"from": f"{self.first:%Y-%m}", "until": f"{next_month(self.last):%Y-%m}"}

    @property
    def year_before(self) -> dict[str, str | None]:
        """The same months a year earlier; of a longer period, as many whole years earlier as it takes not to overlap."""
        years = -(-self._length // 12)
        first = self.first.replace(year=self.first.year - years)
        after = next_month(self.last)
        return {"compare_from": f"{first:%Y-%m}", "compare_until": f"{after.replace(year=after.year - years):%Y-%m}"}

    @property
    def _length(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1


@dataclass(frozen=True, slots=True)
class Question:
    """The question as it was read; with what is wrong, by field, when it cannot be answered."""

    asked: Asked
    errors: Mapping[str, str]

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(self.errors.values())


def read(data: QueryDict, held: Holding) -> Question:
    """The question in an address. What is left out takes its usual value; what cannot be answered says what there is."""
    errors: dict[str, str] = {}
    first, last = _period(data, held, errors)
    area, crime_type = data.get("area", ""), data.get("type", "")
    if area and area != held.district and held.place(area) is None:
        errors["area"] = f"No area with the code “{area[:20]}” is known in {held.name}. Choose one that is listed."
    if crime_type and crime_type not in held.crime_types:
        errors["type"] = f"There is no type “{crime_type[:40]}”. Choose one that is listed."
    levels = list(held.places) or ["ward25"]
    level, by, peers = data.get("level", levels[0]), data.get("by", "rate"), data.get("peers", "force")
    asked = Asked(
        area="" if "area" in errors or area == held.district else area,
        first=first,
        last=last,
        crime_type="" if "type" in errors else crime_type,
        level=level if level in levels else levels[0],
        by=by if by in BY else "rate",
        peers=peers if peers in held.peers else "force",
        scale="one" if data.get("scale") == "one" else "own",
    )
    return Question(asked, errors)


def form_of(question: Question, held: Holding) -> FilledForm:
    """The filter form, holding the question."""
    asked, months = question.asked, list(_months(held))
    options = [Option(f"{month:%Y-%m}", _month_label(month, held)) for month in months]
    form = Form(
        name="explorer",
        fields=[
            Choice(name="area", label="Area", options=_areas(held), is_folded=True),
            Choice(name="from", label="From", options=options, is_folded=True),
            Choice(name="to", label="To, including", options=options[::-1], is_folded=True),
            Choice(name="type", label="Type", options=_types(held), is_folded=True),
            Choice(name="level", label="Areas", options=_levels(held), is_folded=True),
            Choice(name="by", label="By", options=[Option(*one) for one in BY.items()], is_folded=True),
            *_peers(held),
            Choice(
                name="scale", label="Small charts", options=[Option(*one) for one in SCALES.items()], is_folded=True
            ),
        ],
        submit="Show",
        method="get",
        layout="filter",
    )
    raw = {"area": held.district, "type": "", **asked.query}
    return form.of(action="/explorer", answers=Answers(raw=raw, errors=question.errors))


def _period(data: QueryDict, held: Holding, errors: dict[str, str]) -> tuple[date, date]:
    earliest, latest = held.months[0], held.months[-1]
    there = f"There is evidence from {printed(earliest, 'month')} to {printed(latest, 'month')}"
    last = _month(data, "to", latest, held, there, errors)
    usual = max(earliest, _months_before(last, USUAL_MONTHS - 1))
    first = _month(data, "from", usual, held, there, errors)
    if first > last and not errors:
        errors["from"] = f"The period must begin before it ends. {there}."
    return (usual, last) if errors else (first, last)


def _month(data: QueryDict, name: str, usual: date, held: Holding, there: str, errors: dict[str, str]) -> date:
    text = data.get(name, "")
    if not text:
        return usual
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        errors[name] = f"“{text[:20]}” is not a month such as {held.months[-1]:%Y-%m}. {there}."
        return usual
    if not held.months[0] <= month <= held.months[-1]:
        errors[name] = f"There is nothing for {printed(month, 'month')}. {there}."
        return usual
    return month


def _months_before(month: date, number: int) -> date:
    years, at = divmod(12 * month.year + month.month - 1 - number, 12)
    return date(years, at + 1, 1)


def _months(held: Holding) -> Iterator[date]:
    month = held.months[0]
    while month <= held.months[-1]:
        yield month
        month = next_month(month)


def _month_label(month: date, held: Holding) -> str:
    return printed(month, "month") if month in held.months else f"{printed(month, 'month')} (not sent in)"


def _areas(held: Holding) -> list[Option]:
    order = [level for level in AREA_WORDS if level in held.places]
    named = [Option(one.code, f"{AREA_WORDS[level]}: {one.name}") for level in order for one in held.places[level]]
    return [Option(held.district, f"All of {held.name}"), *named]


def _types(held: Holding) -> list[Option]:
    crimes = [Option(one, one) for one in held.crime_types if one != INCIDENTS]
    incidents = [Option(INCIDENTS, f"{INCIDENTS} (incidents, not crimes)")] if INCIDENTS in held.crime_types else []
    return [Option("", "All crime"), *crimes, *incidents]


def _peers(held: Holding) -> list[Choice]:
    options = [Option(code, name[:1].upper() + name[1:]) for code, name in held.peers.items()]
    return [Choice(name="peers", label="Compare with", options=options, is_folded=True)] if options else []


def _levels(held: Holding) -> list[Option]:
    return [Option(level, LEVELS[level]) for level in held.places]
