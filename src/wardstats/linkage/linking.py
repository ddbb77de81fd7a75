"""Linking records: equal keys first, then Fellegi and Sunter's weights of many likenesses, by Splink on DuckDB."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import pyarrow as pa
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from wardstats.engines.duckdb import connect
from wardstats.linkage.links import Basis, Link, Linkage
from wardstats.linkage.plan import Field, Likeness, LinkagePlan

IDENTIFIER = "unique_id"
TRAINING_PAIRS = 1e6
QUIET = 50
WORDS = {-1: "missing", 0: "different"}

Record = Mapping[str, str | None]


class UnableToLink(ValueError):
    """These records cannot be linked by this plan: the message says why, and names no value of any record."""


def link_records(
    records: Sequence[Record],
    plan: LinkagePlan,
    *,
    threshold: float,
    reviewer: str,
    lawful_basis: str,
    identifier: str = IDENTIFIER,
    seed: int = 1,
) -> Linkage:
    """Propose which records are about the same person.

    Records with an equal exact key are linked first. All candidates are then compared field by field; how often true
    matches and others are alike in each is learned from the records themselves, without labels.

    Parameters
    ----------
    records
        One mapping of column to value for each record. An empty value is a missing one.
    plan
        What is compared, decided beforehand.
    threshold
        The least probability of a link. A wrong merge does more harm than a missed one: set it high.
    reviewer
        Who looks at every link before anything is done with it.
    lawful_basis
        On what footing records of these people may be linked at all.
    identifier
        The column that identifies a record.
    seed
        For the sample of pairs from which chance likeness is learned.

    Raises
    ------
    UnableToLink
        If there are fewer than two records, an identifier is missing or given twice, a column of the plan is in no
        record, a value is not text, an exact key is shared by too many records, or (where fields are compared) the exact
        keys link no pair or all of them, or no pair shares a key for training.
    ValueError
        If the threshold is no probability of a half or more, or reviewer or lawful basis is not named.

    When not to use this
    --------------------
    Not to merge records: links are proposals. Not without a reviewed sample that shows recall by group
    (:func:`~wardstats.linkage.links.recall_by_group`): names written in several ways, or the family name first, are missed
    more often. With a few hundred records there is too little to learn from: use exact keys only.

    References
    ----------
    Fellegi IP, Sunter AB (1969). A theory for record linkage. JASA 64, 1183-1210.
    Linacre R et al. (2022). Splink: free software for probabilistic record linkage at scale. IJPDS 7(3).

    Examples
    --------
    >>> people = [
    ...     {"unique_id": "police 1", "number": "4505577104", "name": "Asha Rao"},
    ...     {"unique_id": "health 7", "number": "4505577104", "name": "Rao Asha"},
    ...     {"unique_id": "health 8", "number": None, "name": "Asha Rao"},
    ... ]
    >>> plan = LinkagePlan(exact_keys=(("number",),))
    >>> found = link_records(people, plan, threshold=0.95, reviewer="M. Lee", lawful_basis="agreement 12")
    >>> [(link.left, link.right, link.reason) for link in found.links]
    [('health 7', 'police 1', 'number the same')]
    """
    _refuse_without_footing(threshold, reviewer, lawful_basis)
    cleaned, identifiers = _known_records(records, plan, identifier)
    links = {(link.left, link.right): link for link in _exact(cleaned, identifiers, plan)}
    if plan.fields:
        _refuse_nothing_to_learn(cleaned, identifiers, plan, len(links))
        for link in _probable(cleaned, identifiers, plan, threshold, seed):
            before = links.get((link.left, link.right))
            links[link.left, link.right] = link if before is None else _both(before, link)
    return Linkage(tuple(links[pair] for pair in sorted(links)), threshold, reviewer, lawful_basis)


def _refuse_without_footing(threshold: float, reviewer: str, lawful_basis: str) -> None:
    if not 0.5 <= threshold < 1:
        raise ValueError(f"a threshold is a probability from 0.5 up to 1, not {threshold}")
    if not reviewer.strip() or not lawful_basis.strip():
        raise ValueError("a linkage needs a reviewer and a lawful basis, both named")


def _known_records(
    records: Sequence[Record], plan: LinkagePlan, identifier: str
) -> tuple[list[dict[str, str | None]], list[str]]:
    if len(records) < 2:
        raise UnableToLink(f"nothing to link among {len(records)} records")
    given = [record.get(identifier) for record in records]
    identifiers = [each for each in given if each and isinstance(each, str)]
    if len(identifiers) < len(given) or len(set(identifiers)) < len(identifiers):
        raise UnableToLink(f"{identifier}: missing from a record, not text, or the same in two")
    unknown = set(plan.columns).difference(*records)
    if unknown:
        raise UnableToLink(f"no record has {', '.join(sorted(unknown))}")
    values = (record.get(column) for record in records for column in plan.columns)
    if not all(value is None or isinstance(value, str) for value in values):
        raise UnableToLink("a value is not text: write days and numbers as text")
    return [{column: record.get(column) or None for column in plan.columns} for record in records], identifiers


def _refuse_nothing_to_learn(
    records: Sequence[Record], identifiers: Sequence[str], plan: LinkagePlan, exact: int
) -> None:
    every = len(records) * (len(records) - 1) // 2
    if not 0 < exact / plan.exact_recall < every:
        raise UnableToLink(f"the exact keys link {exact} of {every} pairs, from which no share of matches can be told")
    for key in plan.learned_from:
        if next(_sharing(records, identifiers, key), None) is None:
            raise UnableToLink(f"{' and '.join(key)}: no two records share one, so there is nothing to learn from")


def _exact(records: Sequence[Record], identifiers: Sequence[str], plan: LinkagePlan) -> Iterator[Link]:
    found = set[tuple[str, str]]()
    for key in plan.exact_keys:
        for sharing in _sharing(records, identifiers, key):
            if len(sharing) > plan.most_alike:
                raise UnableToLink(
                    f"{' and '.join(key)}: {len(sharing)} records share one, more than {plan.most_alike}"
                )
            for left, right in set(combinations(sorted(sharing), 2)) - found:
                found.add((left, right))
                yield Link(left, right, Basis.EXACT, None, None, f"{' and '.join(key)} the same")


def _sharing(records: Sequence[Record], identifiers: Sequence[str], key: Sequence[str]) -> Iterator[list[str]]:
    """The identifiers of records that share a key, all of it given, as lists of two or more."""
    found = defaultdict[tuple[str | None, ...], list[str]](list)
    for identifier, record in zip(identifiers, records, strict=True):
        value = tuple(record.get(column) for column in key)
        if all(value):
            found[value].append(identifier)
    yield from (sharing for sharing in found.values() if len(sharing) > 1)


def _both(exact: Link, probable: Link) -> Link:
    """A pair that also its likenesses link keeps its basis, and is told in full."""
    return Link(exact.left, exact.right, Basis.EXACT, probable.weight, probable.probability, probable.reason)


def _probable(
    records: Sequence[Record], identifiers: Sequence[str], plan: LinkagePlan, threshold: float, seed: int
) -> Iterator[Link]:
    columns = {column: pa.array([record[column] for record in records], pa.string()) for column in plan.columns}
    table = pa.table({IDENTIFIER: pa.array(identifiers, pa.string()), **columns})
    linker = _trained(table, plan, seed)
    tops = [_top_level(field) for field in plan.fields]
    predicted = linker.inference.predict(threshold_match_probability=threshold)
    wanted = [f"gamma_{'_'.join(field.columns)}" for field in plan.fields]
    listed = ", ".join(f'"{each}"' for each in wanted)
    rows = predicted.as_duckdbpyrelation().project(
        f"{IDENTIFIER}_l, {IDENTIFIER}_r, match_weight, match_probability, {listed}"
    )
    for left, right, weight, probability, *levels in rows.fetchall():
        words = (_in_words(*each) for each in zip(plan.fields, levels, tops, strict=True))
        first, second = sorted((left, right))
        yield Link(first, second, Basis.PROBABLE, weight, probability, "; ".join(words))


def _trained(table: pa.Table, plan: LinkagePlan, seed: int) -> Any:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(field) for field in plan.fields],
        blocking_rules_to_generate_predictions=[block_on(*key) for key in plan.candidates],
        unique_id_column_name=IDENTIFIER,
    )
    database = DuckDBAPI(connect().con)
    linker = Linker(database.register(table), settings, log_level=QUIET)
    exact: list[Any] = [block_on(*key) for key in plan.exact_keys]
    linker.training.estimate_probability_two_random_records_match(exact, recall=plan.exact_recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=TRAINING_PAIRS, seed=seed)
    for key in plan.learned_from:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*key))
    return linker


def _comparison(field: Field) -> Any:
    column = field.columns[0]
    made: Any
    match field.likeness:
        case Likeness.FULL_NAME:
            made = comparisons.ForenameSurnameComparison(*field.columns)
        case Likeness.NAME:
            made = comparisons.NameComparison(column)
        case Likeness.DATE:
            made = comparisons.DateOfBirthComparison(column, input_is_string=True, datetime_format=field.date_format)
        case Likeness.NUMBER:
            made = comparisons.DamerauLevenshteinAtThresholds(column, [1, 2])
        case Likeness.SAME:
            made = comparisons.ExactMatch(column)
    return made.configure(term_frequency_adjustments=True) if field.rarity else made


def _top_level(field: Field) -> int:
    """The number that stands for the same value, which differs with how many ways of being alike there are."""
    levels = _comparison(field).get_comparison("duckdb").comparison_levels
    return max(int(level.comparison_vector_value) for level in levels)


def _in_words(field: Field, level: int, top: int) -> str:
    name = " ".join(field.columns)
    if level in WORDS:
        return f"{name} {WORDS[level]}"
    if level == top:
        return f"{name} the same"
    exchanged = field.likeness is Likeness.FULL_NAME and level == top - 1
    return f"{name} {'exchanged' if exchanged else 'alike'}"
