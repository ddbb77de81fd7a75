"""Enter a partnership from its folder of facts: agencies, Board, groups, areas; for a demonstration also invented people."""

from __future__ import annotations

import argparse
import csv
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardwell.access import register as access
from wardwell.agencies import register as agencies
from wardwell.areas import register as areas
from wardwell.audit.gate import record_installation
from wardwell.jobs.cast import CAST
from wardwell.jobs.signing_in import let_sign_in
from wardwell.meetings import register as meetings

REFERENCE = Path(__file__).parent / "reference"
LICENCE = "Open Government Licence v3.0; contains OS data © Crown copyright and database right"
PORTAL = "Office for National Statistics, Open Geography Portal"

EDITIONS = (
    # file, kind, edition, active from, active until
    ("lsoa-2011", "lsoa", "2011", date(2011, 3, 27), date(2021, 3, 21)),
    ("lsoa-2021", "lsoa", "2021", date(2021, 3, 21), None),
    ("ward-2013", "ward", "2013", None, date(2023, 5, 4)),
    ("ward-2025", "ward", "2025", date(2023, 5, 4), None),
    ("msoa-2021", "msoa", "2021", date(2021, 3, 21), None),
    ("constituency-2024", "constituency", "2024", date(2024, 7, 4), None),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a partnership, as read from its folder."""

    folder: Path
    content: dict[str, Any]

    @classmethod
    def read(cls, code: str) -> Facts:
        folder = REFERENCE / code
        return cls(folder, yaml.safe_load((folder / "partnership.yaml").read_text(encoding="utf-8")))

    def __getitem__(self, name: str) -> Any:
        return self.content[name]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which partnership."""
    parser.add_argument(
        "code", nargs="?", default="swp", help="the folder of facts (swp: Safer Wolverhampton Partnership)"
    )


def run(options: argparse.Namespace) -> int:
    """Install. Runs as migrator; done again, it changes nothing but what the facts have changed."""
    facts = Facts.read(options.code)
    with transaction.atomic():
        at = timezone.now()
        known = access.is_entered(code=options.code)
        partnership_id = install(facts, at=at)
        if settings.DEMONSTRATION:
            enter_cast(partnership_id, facts["partnership"]["code"], at=at)
        if not known:
            says = f"entered {facts['partnership']['name']} from its folder of facts"
            record_installation(partnership_id=partnership_id, at=at, says=says)
    print(f"{facts['partnership']['name']} is entered.")
    return 0


def install(facts: Facts, *, at: datetime) -> UUID:
    """Enter everything that does not change by itself: the partnership, agencies, Board, groups and areas. Returns its key."""
    about = facts["partnership"]
    began = datetime(2013, 7, 1, tzinfo=UTC)
    key = access.put_partnership(
        code=about["code"],
        name=about["name"],
        lad_code=about["codes"]["lad"],
        csp_code=about["codes"]["csp"],
        force_code=about["codes"]["force"],
        geography=about["geography_note"],
        public_from=began,
    )
    for other in about["also_known_as"]:
        access.put_other_name(
            partnership_id=key,
            name=other["name"],
            abbreviation=other["abbreviation"],
            active_from=other["active_from"],
            date_precision=other["date_precision"],
            basis=_known_from(other["basis"]),
            note=other["note"],
        )
    _enter_agencies(facts)
    _enter_groups(facts, key, began)
    _enter_board(facts, key)
    _enter_areas(facts)
    return key


def enter_cast(partnership_id: UUID, code: str, *, at: datetime) -> None:
    """Enter the invented people of the demonstration, each with a password that only this installation knows."""
    began = at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    for persona in CAST.values():
        worker_id = access.put_worker(
            email=persona.email, name=persona.name, job_title=persona.job_title, at=began, is_synthetic=True
        )
        let_sign_in(worker_id=worker_id, email=persona.email, password=_password())
        if persona.agency in {agency["code"] for agency in Facts.read(code)["agencies"]}:
            agencies.put_post(worker_id=worker_id, agency_code=persona.agency, active_from=began.date())
        held = access.roles_ever(worker_id=worker_id, partnership_id=partnership_id)
        for partnership, role in persona.grants:
            if partnership == code and role not in held:
                access.add_grant(
                    worker_id=worker_id,
                    partnership_id=partnership_id,
                    role=role,
                    reason=f"Demonstration: {persona.story}.",
                    active_from=began,
                    active_until=at if persona.has_left else None,
                )


def _password() -> str:
    """One password for every invented person of this installation, made once and printed by `make demo`."""
    path: Path = settings.DATA / "demonstration-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}")
    return path.read_text()


WORDS = (
    "amber",
    "barley",
    "cedar",
    "damson",
    "elder",
    "fennel",
    "ginger",
    "hazel",
    "indigo",
    "juniper",
    "lantern",
    "meadow",
)


def _known_from(basis: str) -> str:
    """A basis as the public reads it: what the facts call their seed is the strategy.

    >>> _known_from("seed; end date: law")
    'the strategy of 2014 to 2017; end date: law'
    """
    return re.sub(r"\bseed\b", "the strategy of 2014 to 2017", basis)


def _enter_agencies(facts: Facts) -> None:
    for one in facts["agencies"]:
        agencies.put_agency(
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            responsible_authority=one.get("responsible_authority", False),
            active_from=one.get("active_from"),
            active_until=one.get("active_until"),
            basis=_known_from(one.get("basis", "seed")),
            certainty=one.get("certainty", ""),
            note=one.get("note", ""),
        )
    for one in facts["agencies"]:
        agencies.put_successors(code=one["code"], successors=one.get("successors", []))


def _enter_groups(facts: Facts, partnership_id: UUID, began: datetime) -> None:
    for one in facts["groups"]:
        delivers = one.get("delivers", "")
        meetings.put_group(
            partnership_id=partnership_id,
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            delivers=", ".join(delivers) if isinstance(delivers, list) else delivers,
            basis="named by the strategy; parent illustrative unless noted",
            note=one.get("note", ""),
            public_from=began,
        )
    for one in facts["groups"]:
        if "parent" in one:
            meetings.put_parent(partnership_id=partnership_id, code=one["code"], parent=one["parent"])


def _enter_board(facts: Facts, partnership_id: UUID) -> None:
    group_id = meetings.group_key(partnership_id=partnership_id, code="swp-board")
    for position, (side, line, area) in enumerate(_seats(facts), start=1):
        meetings.put_seat(
            group_id=group_id,
            position=position,
            line=line["line"],
            side=side,
            area=area,
            agency_keys=[agencies.key_of(code) for code in line.get("agencies", [])],
            active_from=facts["board"]["as_at"],
            basis=_known_from(facts["board"]["basis"]),
            note=line.get("note", ""),
        )


def _seats(facts: Facts) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every seat of the Board, with its side, its line and its area; the chair is counted on the cautious side."""
    board = facts["board"]
    note = "The strategy does not say on which side the chair counts; counted as statutory, cautiously."
    yield "statutory", {"line": "Chair of the partnership", "note": note}, ""
    for key, side in (("statutory", "statutory"), ("non_statutory", "non-statutory")):
        for line in board[key]:
            for number in range(line["seats"]):
                yield side, line, line["areas"][number] if "areas" in line else ""


def _enter_areas(facts: Facts) -> None:
    district = facts["partnership"]["codes"]["lad"]
    for name, kind, edition, active_from, active_until in EDITIONS:
        content = json.loads((facts.folder / "boundaries" / f"{name}.geojson").read_text(encoding="utf-8"))
        areas.put_areas(
            content["features"],
            kind=kind,
            edition=edition,
            district_code=district,
            active_from=active_from,
            active_until=active_until,
            source=PORTAL,
            licence=LICENCE,
        )
    with (facts.folder / "evidence" / "lsoa21_ward25_lad25_constituency_west-midlands.csv").open(
        encoding="utf-8-sig"
    ) as file:
        pairs = [(row["lsoa21cd"], row["wd25cd"]) for row in csv.DictReader(file) if row["lad25cd"] == district]
    areas.put_nesting(pairs, inner_edition="2021", outer_edition="2025", basis="ONS best fit, wards as at May 2025")
