"""Run the whole thread on the reference partnership's real data, as the invented cast, and serve it.

Each step is done by the person whose work it is, through the same operations as in the browser. Done before, a step is passed
over: a second run changes nothing and serves within seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.conf import settings
from django.utils import timezone

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.access.queries import actor_named
from wardwell.agencies import register as agencies
from wardwell.assessment import operations as assessing
from wardwell.assessment import queries as assessments
from wardwell.evidence import operations as evidence
from wardwell.evidence import queries as supply
from wardwell.evidence.operations import Description
from wardwell.evidence.rules import Cadence, UnitOfFiles
from wardwell.jobs import demonstration_supply, serve
from wardwell.jobs.cast import CAST
from wardwell.jobs.demonstration_supply import POLICE
from wardwell.jobs.demonstration_text import ABSENCES, CITED, FINDINGS
from wardwell.jobs.install import REFERENCE, Facts
from wardwell.neighbourhoods import operations as neighbourhoods
from wardwell.neighbourhoods import queries as neighbourhood_queries
from wardwell.neighbourhoods.rules import Grade
from wardwell.publication import operations as publishing
from wardwell.publication import queries as releases

FOLDER = REFERENCE / "swp"
EVIDENCE = FOLDER / "evidence"
DISTRICT_COUNTS = "england-wales_lad24_month_crime-type_2023-05_2025-10.csv.gz"
AS_COPIED = "as copied into this project"
OGL = "Open Government Licence v3.0"
PERIOD_UNTIL = date(2025, 11, 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to serve, and where."""
    parser.add_argument("--no-serve", action="store_true", help="do everything but serve")
    serve.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Demonstrate; 0, or the server's own exit code."""
    if not settings.DEMONSTRATION:
        print("wardwell: this is for a demonstration only: set WARDWELL_DEMONSTRATION=yes.", file=sys.stderr)
        return 2
    if _is_done():
        print("Everything was done before; nothing is changed.")
    else:
        for what, step in STEPS:
            _take(what, step)
    if options.no_serve:
        print("Everything is ready. `make demo` serves it.")
        return 0
    _introduce(options.port)
    return serve.run(options)


def _is_done() -> bool:
    maya = _as("maya")
    with acting_as(maya):
        return bool(releases.releases(maya))


def _take(what: str, step: Callable[[], str]) -> None:
    began = time.monotonic()
    print(f"{what} ... ", end="", flush=True)
    said = step()
    print(f"{said} ({time.monotonic() - began:.1f} s)", flush=True)


def _as(who: str) -> Actor:
    return actor_named(email=CAST[who].email, at=timezone.now(), partnership_code="swp")


def declare_datasets() -> str:
    """Anil declares what evidence there is and where it comes from."""
    anil = _as("anil")
    police, ons = agencies.key_of("west-midlands-police"), "Office for National Statistics"
    whole, by_file = UnitOfFiles.WHOLE, UnitOfFiles.FORCE_AND_MONTH
    monthly, once = Cadence.MONTHLY, Cadence.ONCE
    rows = (
        # code, name, table, source, cadence, unit of files, grain, supplier, used for measures
        ("police-counts", "Police street-level rows counted by LSOA, month and type", "area_month_counts",
         "data.police.uk, counted and reshaped", monthly, whole, "LSOA", police, True),
        ("police-street", "Police street-level rows", "street_crime",
         "data.police.uk, files of 2014", once, by_file, "LSOA", police, False),
        ("residents", "Usual residents by LSOA", "population",
         f"{ons}, Census 2021 table TS001", once, whole, "", None, True),
        ("area-look-up", "LSOAs of 2011 and 2021 and the wards they lie in", "area_lookup",
         f"{ons}, Open Geography Portal", once, whole, "", None, True),
        ("priority-area-members", "LSOAs that make up the Priority Areas", "area_members",
         "Illustrative polygons of this demonstration", once, whole, "", None, True),
        ("area-sets", "Neighbourhoods (MSOA) and constituencies as small areas", "area_members",
         f"{ons}, Open Geography Portal", once, whole, "", None, True),
        ("district-counts", "Police street-level rows of every district, by month and type", "district_month_counts",
         "data.police.uk, counted by district", monthly, whole, "district", police, True),
        ("district-residents", "Usual residents by district", "district_population",
         f"{ons}, Census 2021", once, whole, "", None, True),
        ("partnerships", "Districts, partnerships and police force areas", "partnership_lookup",
         f"{ons}, Open Geography Portal, 2024", once, whole, "", None, True),
        ("peer-groups", "Whom the district is compared with", "peer_groups",
         f"{ons}, codes of districts and forces", once, whole, "", None, True),
        ("series-breaks", "Register of breaks", "series_breaks",
         "Observed by the partnership in the published files", once, whole, "", None, True),
    )  # fmt: skip
    with acting_as(anil):
        present = {one.code for one in supply.datasets(anil)}
    for code, name, table, source, cadence, unit, grain, supplier, used in rows:
        if code not in present:
            evidence.add_dataset(
                actor=anil, at=anil.at, code=code, name=name, table=table, source=source, licence=OGL, cadence=cadence,
                unit_of_files=unit, grain=grain, supplier_id=supplier, used_for_measures=used,
                description=replace(POLICE.get(code, Description()), owner_id=anil.worker_id),
            )  # fmt: skip
    return f"{len(rows)} datasets"


def import_police_files() -> str:
    """Anil imports the counts, and the street files of 2014."""
    anil = _as("anil")
    said = []
    for code, path in (
        ("police-counts", EVIDENCE / "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"),
        ("police-street", EVIDENCE / "wolverhampton-street"),
    ):
        key = evidence.receive_in_place(actor=anil, at=anil.at, dataset_code=code, path=path, edition=AS_COPIED)
        said.append(evidence.take_in(actor=anil, at=anil.at, submission_id=key).says)
    return " ".join(said)


def keep_reference_tables() -> str:
    """Anil keeps residents and look-ups."""
    anil = _as("anil")
    district = Facts.read("swp")["partnership"]["codes"]["lad"]
    look_up = sources.area_lookup(
        district=district,
        changes=sources.read_changes(EVIDENCE / "lsoa11_lsoa21_change_west-midlands-rotherham.csv"),
        wards=[
            sources.read_wards(EVIDENCE / "lsoa21_ward25_lad25_constituency_west-midlands.csv"),
            sources.read_wards(EVIDENCE / "lsoa11_ward19_lad19_wolverhampton-rotherham.csv"),
        ],
    )
    residents = sources.read_population(
        EVIDENCE / "census2021_ts001_usual-residents_lsoa21_west-midlands.csv",
        areas=set(look_up.column("lsoa_code").to_pylist()),
    )
    kept = (
        ("area-look-up", look_up, "lsoa look-ups"),
        ("residents", residents, "census2021_ts001"),
        ("area-sets", _area_sets(look_up), "lsoa look-ups"),
        *_of_districts(),
    )
    for code, rows, file in kept:
        evidence.keep_table(
            actor=anil,
            at=anil.at,
            dataset_code=code,
            rows=rows,
            edition=AS_COPIED,
            source_file=file,
        )
    return f"{look_up.num_rows} look-ups, {residents.num_rows} LSOAs with residents"


def _area_sets(look_up: pa.Table) -> pa.Table:
    """Neighbourhoods, and constituencies as they were until the election of July 2024 and as they are since."""
    wards = EVIDENCE / "lsoa21_ward25_lad25_constituency_west-midlands.csv"
    old = sources.read_placed(wards, lsoa="lsoa21cd", code="pcon22cd", name="pcon22nm")
    new = sources.read_placed(wards, lsoa="lsoa21cd", code="pcon24cd", name="pcon24nm")
    neighbourhoods_by_name = sources.msoas(look_up, FOLDER / "boundaries" / "msoa-2021.geojson")
    election, before = date(2024, 7, 4), date(2010, 5, 6)
    return pa.concat_tables(
        [
            sources.area_set(look_up, neighbourhoods_by_name, set_code="msoa-2021", basis=sources.EXACT),
            sources.area_set(
                look_up, old, set_code="constituencies", basis=sources.BEST_FIT, since=before, until=election
            ),
            sources.area_set(look_up, new, set_code="constituencies", basis=sources.BEST_FIT, since=election),
        ]
    )


def _of_districts() -> tuple[tuple[str, Any, str], ...]:
    """What the district is compared with, and where those series have holes."""
    partnerships = sources.read_partnerships(EVIDENCE / "lad24_csp24_pfa24_england-wales.csv", edition="2024")
    return (
        ("partnerships", partnerships, "lad24_csp24_pfa24"),
        ("peer-groups", sources.peer_groups(partnerships, since=date(2023, 4, 1)), "lad24_csp24_pfa24"),
        ("district-counts", sources.read_district_counts(EVIDENCE / DISTRICT_COUNTS), DISTRICT_COUNTS),
        ("district-residents",
         sources.read_district_population(EVIDENCE / "census2021_age-band-sex_lad21_england-wales.csv"),
         "census2021_age-band-sex_lad21"),
        ("series-breaks", sources.read_breaks(EVIDENCE / "series-breaks.csv"), "series-breaks"),
    )  # fmt: skip


def look_for_issues() -> str:
    """Anil has the evidence gone through for what looks wrong, and looks into the first of it."""
    anil = _as("anil")
    found = evidence.look_for_issues(actor=anil, at=anil.at)
    with acting_as(anil):
        recorded = [one for one in supply.issues(anil) if one.crime_type == "Anti-social behaviour" and one.is_open]
    if recorded:
        evidence.take_up_issue(actor=anil, at=anil.at, issue_id=recorded[0].id)
    return f"{found} issues"


def supply_agencies() -> str:
    """Anil declares what the other agencies have undertaken and imports what came; Maya follows up what has not come."""
    anil = _as("anil")
    wards = sources.read_wards(EVIDENCE / "lsoa21_ward25_lad25_constituency_west-midlands.csv")
    district = Facts.read("swp")["partnership"]["codes"]["lad"]
    areas = sorted(placed.code for placed in wards.places if placed.district == district)
    return f"{demonstration_supply.declare(anil, areas=areas)}; {demonstration_supply.follow_up(_as('maya'))}"


def draw_priority_areas() -> str:
    """Maya draws the six Priority Areas, as illustrations; Anil keeps which LSOAs lie in them."""
    maya, anil = _as("maya"), _as("anil")
    shapes = json.loads((FOLDER / "priority-areas.geojson").read_text(encoding="utf-8"))["features"]
    for shape in shapes:
        about = shape["properties"]
        neighbourhoods.record_priority_area(
            actor=maya, at=maya.at, code=about["code"], name=about["name"], grade=Grade(about["grade"]), polygon=shape["geometry"],
            is_illustrative=True, basis=about["basis"], active_from=date(2011, 4, 1), public_from=maya.at,
        )  # fmt: skip
    with acting_as(anil):
        members = neighbourhood_queries.members(anil, as_at=PERIOD_UNTIL)
    evidence.keep_table(
        actor=anil,
        at=anil.at,
        dataset_code="priority-area-members",
        rows=members,
        edition="illustrative, 2025",
        source_file="priority-areas",
    )
    return f"{len(shapes)} Priority Areas, illustrative"


def assess() -> str:
    """Anil drafts the strategic assessment and completes it; Beth signs it off for the Board."""
    anil = _as("anil")
    with acting_as(anil):
        present = [one for one in assessments.assessments(anil) if one.period_until == PERIOD_UNTIL]
    if present:
        return f"{present[0].title}: {present[0].state}"
    drafted = assessing.draft(actor=anil, at=anil.at, period_until=PERIOD_UNTIL)
    _complete(anil, drafted.assessment_id)
    assessing.submit_for_review(actor=anil, at=timezone.now(), assessment_id=drafted.assessment_id)
    beth = _as("beth")
    assessing.sign_off(
        actor=beth, at=beth.at, assessment_id=drafted.assessment_id,
        reason="The findings answer the six heads, say what the evidence cannot show, and carry their caveats.",
        interests="None declared.",
        equality="Crime counts carry no characteristics of victims; the Board asked for the agencies' own analysis next quarter.",
        present="Chair; council; police; fire; probation; health; two community representatives; third sector",
    )  # fmt: skip
    return f"{drafted.figures} figures, {drafted.findings} findings, signed off"


def _complete(anil: Actor, assessment_id: UUID) -> None:
    for citation in CITED:
        assessing.cite(actor=anil, at=anil.at, assessment_id=assessment_id, **citation)
    for item, heading, text in FINDINGS:
        assessing.write_finding(
            actor=anil, at=anil.at, assessment_id=assessment_id, item=item, heading=heading, text=text
        )
    for item, reason in ABSENCES.items():
        assessing.explain_absence(actor=anil, at=anil.at, assessment_id=assessment_id, item=item, reason=reason)


def publish() -> str:
    """Maya publishes what the Board has signed off, and verifies it."""
    maya = _as("maya")
    with acting_as(maya):
        signed = [one for one in assessments.assessments(maya) if one.period_until == PERIOD_UNTIL]
    publishing.publish(
        actor=maya, at=maya.at, assessment_id=signed[0].id, released_on=maya.at.date(),
        reason="The Board signed it off and asked for it to be published.",
    )  # fmt: skip
    with acting_as(maya):
        reference = releases.releases(maya)[0].reference
    verdict = publishing.verify(actor=maya, at=timezone.now(), reference=reference)
    return f"{reference} is published; {verdict.says}"


STEPS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Datasets", declare_datasets),
    ("Police files", import_police_files),
    ("Residents and look-ups", keep_reference_tables),
    ("Agencies' quarterly files", supply_agencies),
    ("Priority Areas", draw_priority_areas),
    ("What looks wrong", look_for_issues),
    ("Strategic assessment", assess),
    ("Publication", publish),
)


def _introduce(port: int) -> None:
    password = Path(settings.DATA / "demonstration-password").read_text(encoding="utf-8")
    print(f"\nWardwell is at http://localhost:{port} (stop it with Ctrl-C).")
    print(f"Sign in as one of these invented people, all with the password  {password}\n")
    for persona in CAST.values():
        print(f"  {persona.email:<26} {persona.name}, {persona.job_title}: {persona.story}")
    print()
