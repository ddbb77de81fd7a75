"""The command `wardstats`: a figure from police files, for those who do not program.

Exit codes: 0, done; 2, it cannot be done, and one sentence on the standard error says why.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

from wardstats.charts import UnableToDraw, UnableToSave, chart, description
from wardstats.disclosure import Disclosed, UnableToDisclose, disclose
from wardstats.measures import Reader, UnableToCompute, all_measures, compute
from wardstats.sources import UnableToRead, UnableToReconcile, evidence_from

REFUSALS = (UnableToRead, UnableToReconcile, UnableToCompute, UnableToDisclose, UnableToDraw, UnableToSave, OSError)
PARAMETERS = {
    "from": "the first month, such as 2024-11",
    "until": "the month after the last",
    "compare_from": "the first month of the period compared with",
    "compare_until": "the month after its last",
    "area_code": "only this area: the code of a ward or small area",
    "crime_type": "only this type of crime, as the police write it",
    "level": "which areas to tell apart: ward25, lsoa21",
    "by": "what to rank areas by: count or rate",
}
OPTIONS = {"area_code": "--area"}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>{table}</body></html>
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except REFUSALS as refusal:
        print(f"wardstats: {refusal}", file=sys.stderr)
        return 2
    return 0


def figure(given: argparse.Namespace) -> None:
    """Compute a figure, disclose it, write it and say it."""
    evidence = evidence_from(
        street=given.street,
        counts=given.counts,
        changes=given.changes,
        wards=given.wards,
        population=given.population,
        district=given.district,
        into=given.kept,
    )
    asked = {name: value for name in PARAMETERS if (value := getattr(given, name)) is not None}
    disclosed = disclose(compute(given.measure, Reader(evidence, given.district), **asked))
    print(description(disclosed))
    for note in disclosed.notes:
        print(f"- {note}")
    if given.out is not None:
        write(disclosed, given.out)
        print(f"Written: {given.out}")


def write(disclosed: Disclosed, out: Path) -> None:
    """Write a disclosed table as its name's ending says.

    Raises
    ------
    UnableToSave
        If the ending is none of .svg, .png, .csv and .html.
    """
    if out.suffix == ".csv":
        out.write_text(disclosed.to_csv(), encoding="utf-8-sig", newline="")
    elif out.suffix == ".html":
        out.write_text(PAGE.format(title=escape(disclosed.title), table=disclosed.to_html()), encoding="utf-8")
    else:
        chart(disclosed).save(out)


def measures(given: argparse.Namespace) -> None:
    """List the measures and what each takes."""
    for each in all_measures():
        print(f"{each.code:24} {each.name}; takes {', '.join(each.parameters)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wardstats", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("measures", help="list the measures").set_defaults(run=measures)
    asked = commands.add_parser("figure", help="compute one figure from police files")
    asked.add_argument("measure", help="the measure's code; `wardstats measures` lists them")
    files = asked.add_argument_group("files")
    files.add_argument(
        "--street", type=Path, help="street-level crime as downloaded: a zip, a file or a folder of months"
    )
    files.add_argument("--counts", type=Path, help="a file of counts by area, month and type")
    files.add_argument(
        "--changes", type=Path, required=True, help="ONS: small areas of 2011 and what became of them in 2021"
    )
    files.add_argument("--wards", type=Path, required=True, action="append", help="ONS: the ward of each small area")
    files.add_argument("--population", type=Path, help="ONS: residents of small areas, for rates")
    files.add_argument("--kept", type=Path, default=Path("kept"), help="where to keep what was read (default: kept)")
    question = asked.add_argument_group("question")
    question.add_argument("--district", help="ONS code of the district, where the files know several")
    for name, meaning in PARAMETERS.items():
        question.add_argument(OPTIONS.get(name, f"--{name.replace('_', '-')}"), dest=name, help=meaning)
    asked.add_argument("--out", type=Path, help="a file to write: .svg, .png, .csv or .html")
    asked.set_defaults(run=figure)
    return parser


if __name__ == "__main__":
    sys.exit(main())
