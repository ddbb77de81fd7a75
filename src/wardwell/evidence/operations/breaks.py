"""Breaks are recorded in the register, and ended; each change keeps the whole register anew, the older ones stay readable."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from wardstats.tables import SERIES_BREAKS, BreakKind
from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.evidence.models import Dataset
from wardwell.evidence.operations.keeping import keep_rows
from wardwell.evidence.queries.breaks import TABLE, break_rows


class UnableToRecordBreak(ValueError):
    """Why the register cannot be changed so, in a sentence for the screen."""


@operation(verb="import", kind="evidence.Snapshot")
def record_break(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: BreakKind,
    since: date,
    sentence: str,
    source: str,
    until: date | None = None,
    area_code: str = "",
    area_name: str = "",
    crime_type: str = "",
) -> Done[str]:
    """Enter a break into the register, or change the one with this code. Every measure consults it from now on.

    Parameters
    ----------
    since, until
        First month concerned, and the first no longer concerned; None for a step that lasts or a hole not yet mended.
    area_code
        The district or police force area; empty for everywhere.
    sentence, source
        What is said beside a figure, and how it is known.

    Raises UnableToRecordBreak: for months that are none or end before they begin, a missing sentence or source, or a partnership
    that has no dataset for its register.
    """
    _refuse_months(since, until)
    if not (code.strip() and sentence.strip() and source.strip()):
        raise UnableToRecordBreak(
            "A break has a name, a sentence that is printed beside figures, and says how it is known."
        )
    row: dict[str, Any] = {
        "code": code.strip(),
        "area_code": area_code or None,
        "area_name": area_name or None,
        "crime_type": crime_type or None,
        "kind": kind.value,
        "since": since,
        "until": until,
        "sentence": sentence.strip(),
        "source": source.strip(),
    }
    others = [one for one in break_rows(actor) if one["code"] != row["code"]]
    _keep(actor, at, [*others, row])
    where = area_name or "everywhere"
    return Done(code.strip(), f"recorded a break of the series of {where} from {since:%B %Y}: {sentence}", code)


@operation(verb="import", kind="evidence.Snapshot")
def withdraw_break(*, actor: Actor, at: datetime, code: str, reason: str) -> Done[str]:
    """Take a break out of the register, with the reason. Raises UnableToRecordBreak for one that is not there or no reason."""
    rows = break_rows(actor)
    found = next((one for one in rows if one["code"] == code), None)
    if found is None:
        raise UnableToRecordBreak(f"The register has no break “{code}”.")
    if not reason.strip():
        raise UnableToRecordBreak("Say why the break is taken out of the register.")
    _keep(actor, at, [one for one in rows if one["code"] != code])
    return Done(code, f"took a break out of the register: {found['sentence']} {reason.strip()}", code)


def _refuse_months(since: date, until: date | None) -> None:
    if since.day != 1 or (until is not None and until.day != 1):
        raise UnableToRecordBreak("A break begins and ends with a month: give the first day of it.")
    if until is not None and until <= since:
        raise UnableToRecordBreak("A break ends after it begins.")


def _keep(actor: Actor, at: datetime, rows: list[dict[str, Any]]) -> None:
    dataset = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, table=TABLE).first()
    if dataset is None:
        raise UnableToRecordBreak("This partnership has no dataset for its register of breaks. Declare one first.")
    ordered = sorted(rows, key=lambda one: (one["since"], one["code"]))
    table = pa.Table.from_pylist(ordered, schema=SERIES_BREAKS.arrow)
    keep_rows(actor, at, dataset, table, edition=f"as at {at:%Y-%m-%d %H:%M}", source_file="series-breaks")
