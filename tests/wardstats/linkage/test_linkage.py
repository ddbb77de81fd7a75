"""Linking: invented people written down twice, with the slips that people make; and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import wardstats
from wardstats.linkage import (
    Basis,
    Field,
    Likeness,
    Link,
    Linkage,
    LinkagePlan,
    UnableToLink,
    link_records,
    recall_by_group,
)

GIVEN = [
    "asha",
    "maria",
    "omar",
    "wei",
    "james",
    "fatima",
    "olu",
    "sarah",
    "ivan",
    "grace",
    "tom",
    "leila",
    "kofi",
    "ann",
]
FAMILY = [
    f"{start}{end}"
    for start in ("ward", "kha", "smi", "okon", "li", "bro", "pat")
    for end in ("n", "th", "wo", "el", "mar")
]
FOOTING = {"reviewer": "M. Lee", "lawful_basis": "information sharing agreement 12"}
NUMBERS = LinkagePlan(exact_keys=(("number",),))
PLAN = LinkagePlan(
    exact_keys=(("number",), ("given", "family", "born", "postcode")),
    fields=(
        Field(("given", "family"), Likeness.FULL_NAME),
        Field(("born",), Likeness.DATE),
        Field(("postcode",), Likeness.SAME, rarity=True),
    ),
    candidates=(("born",), ("postcode",), ("given", "family")),
    exact_recall=0.5,
)


def _people(count: int) -> list[dict[str, str | None]]:
    """Everybody twice; in the second list a third of the names slip, some exchanged, and half have no number."""
    chance, records = Random(7), []
    for at in range(count):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        born = f"{chance.randint(1950, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        postcode = f"WV{chance.randint(1, 99)} {chance.randint(1, 9)}AB"
        number = str(10_000_000 + at)
        records.append(
            {
                "unique_id": f"a{at}",
                "given": given,
                "family": family,
                "born": born,
                "postcode": postcode,
                "number": number,
            }
        )
        slip = at % 6
        if slip == 0:
            given, family = family, given
        elif slip == 1:
            family = family[:-1] + "x"
        records.append(
            {
                "unique_id": f"b{at}",
                "given": given,
                "family": family,
                "born": born if at % 7 else None,
                "postcode": postcode,
                "number": number if at % 2 else "",
            }
        )
    return records


@pytest.fixture(scope="module")
def linked() -> Linkage:
    return link_records(_people(400), PLAN, threshold=0.9, **FOOTING)


class TestProbableLinks:
    def test_finds_nearly_all_and_nearly_nothing_else(self, linked: Linkage) -> None:
        true = {(f"a{at}", f"b{at}") for at in range(400)}
        found = {(link.left, link.right) for link in linked.links}
        assert len(found & true) >= 380
        assert len(found - true) <= 4
        by_slip = recall_by_group(
            linked.links, true, {f"{side}{at}": at % 6 == 0 for side in "ab" for at in range(400)}
        )
        assert [(each.group, each.pairs) for each in by_slip] == [(False, 333), (True, 67)]
        assert all(each.recall is not None and each.recall > 0.9 for each in by_slip)

    def test_gives_each_link_its_weight_and_reason(self, linked: Linkage) -> None:
        links = {(link.left, link.right): link for link in linked.links}
        exchanged, plain = links["a6", "b6"], links["a3", "b3"]
        assert exchanged.basis is Basis.PROBABLE
        assert exchanged.reason == "given family exchanged; born the same; postcode the same"
        assert plain.basis is Basis.EXACT
        assert plain.weight is not None
        assert exchanged.probability is not None
        assert exchanged.probability >= 0.9
        assert links["a7", "b7"].reason.split("; ")[1] == "born missing"

    def test_says_on_what_footing(self, linked: Linkage) -> None:
        assert (linked.threshold, linked.reviewer, linked.lawful_basis) == (0.9, *FOOTING.values())

    def test_shows_clusters_and_merges_nothing(self, linked: Linkage) -> None:
        assert all(len(cluster.members) >= 2 for cluster in linked.clusters)
        assert sum(len(cluster.links) for cluster in linked.clusters) == len(linked.links)


class TestExactLinks:
    def test_need_every_column_of_a_key(self) -> None:
        records = [
            {"unique_id": "1", "number": "7", "born": "1990-01-01"},
            {"unique_id": "2", "number": "7", "born": "1990-01-01"},
            {"unique_id": "3", "number": "7", "born": ""},
            {"unique_id": "4", "number": None, "born": "1990-01-01"},
        ]
        plan = LinkagePlan(exact_keys=(("number", "born"),))
        assert link_records(records, plan, threshold=0.9, **FOOTING).links == (
            Link("1", "2", Basis.EXACT, None, None, "number and born the same"),
        )

    def test_leave_a_chain_to_be_seen(self) -> None:
        links = tuple(Link(left, right, Basis.EXACT, None, None, "") for left, right in ["ab", "bc", "de"])
        chain, pair = Linkage(links, 0.9, "M. Lee", "agreement").clusters
        assert (chain.members, chain.is_complete) == (("a", "b", "c"), False)
        assert (pair.members, pair.is_complete) == (("d", "e"), True)

    def test_refuse_a_key_that_means_unknown(self) -> None:
        records = [{"unique_id": str(at), "number": "0000"} for at in range(51)]
        with pytest.raises(UnableToLink, match="number: 51 records share one, more than 50"):
            link_records(records, NUMBERS, threshold=0.9, **FOOTING)


class TestRefusals:
    @pytest.mark.parametrize(
        ("records", "message"),
        [
            ([], "among 0 records"),
            ([{"unique_id": "1", "number": "1"}], "among 1 records"),
            ([{"unique_id": "1", "number": "1"}] * 2, "the same in two"),
            ([{"unique_id": "1", "number": "1"}, {"number": "2"}], "missing from a record"),
            ([{"unique_id": 1, "number": "1"}, {"unique_id": "2"}], "not text"),
            ([{"unique_id": "1"}, {"unique_id": "2"}], "no record has number"),
            ([{"unique_id": "1", "number": 0}, {"unique_id": "2"}], "not text"),
        ],
    )
    def test_refuses_records_it_cannot_link(self, records: list[dict[str, str | None]], message: str) -> None:
        with pytest.raises(UnableToLink, match=message):
            link_records(records, NUMBERS, threshold=0.9, **FOOTING)

    def test_refuses_records_that_teach_nothing(self) -> None:
        once = [record for record in _people(60) if str(record["unique_id"]).startswith("a")]
        with pytest.raises(UnableToLink, match="link 0 of 1770 pairs"):
            link_records(once, PLAN, threshold=0.9, **FOOTING)
        same = [{**once[0], "unique_id": str(at)} for at in range(10)]
        with pytest.raises(UnableToLink, match="link 45 of 45 pairs"):
            link_records(same, PLAN, threshold=0.9, **FOOTING)
        undated = [{**record, "born": None} for record in _people(60)]
        with pytest.raises(UnableToLink, match="born: no two records share one"):
            link_records(undated, PLAN, threshold=0.9, **FOOTING)

    @pytest.mark.parametrize("threshold", [0.4, 1.0, float("nan")])
    def test_refuses_a_threshold_that_links_everybody_or_nobody(self, threshold: float) -> None:
        with pytest.raises(ValueError, match="is a probability"):
            link_records(_people(2), NUMBERS, threshold=threshold, **FOOTING)

    @pytest.mark.parametrize("missing", ["reviewer", "lawful_basis"])
    def test_refuses_to_link_without_footing(self, missing: str) -> None:
        with pytest.raises(ValueError, match="both named"):
            link_records(_people(2), NUMBERS, threshold=0.9, **{**FOOTING, missing: " "})

    @pytest.mark.parametrize(
        ("plan", "message"),
        [
            ({"exact_keys": ()}, "has exact keys"),
            ({"exact_keys": ((),)}, "every key has a column"),
            ({"exact_recall": 0}, "share above 0"),
            ({"candidates": ()}, "only where there are candidates"),
            ({"training": (("born",),)}, "born: every key for training holds it"),
        ],
    )
    def test_refuses_plans_that_learn_nothing(self, plan: dict[str, object], message: str) -> None:
        whole = {
            name: getattr(PLAN, name) for name in ("exact_keys", "fields", "candidates", "training", "exact_recall")
        }
        with pytest.raises(ValueError, match=message):
            LinkagePlan(**{**whole, **plan})

    def test_refuses_fields_that_are_none(self) -> None:
        with pytest.raises(ValueError, match="a full name has 2 columns, not 1"):
            Field(("name",), Likeness.FULL_NAME)
        with pytest.raises(ValueError, match="not looked at"):
            Field(("given", "family"), Likeness.FULL_NAME, rarity=True)

    def test_refuses_true_pairs_of_nobodys(self) -> None:
        with pytest.raises(ValueError, match="in no group"):
            recall_by_group([], [("a", "b")], {"a": "x"})


class TestOptionalImport:
    def test_is_not_made_with_the_library(self) -> None:
        assert (
            _run("import sys, wardstats; print('wardstats.linkage' in sys.modules, 'splink' in sys.modules)")
            == "False False"
        )

    def test_says_what_to_install(self) -> None:
        code = """
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, package=None: None if name == "splink" else found(name, package)
try:
    import wardstats.linkage
except ImportError as missing:
    print(missing)
"""
        assert _run(code) == "wardstats.linkage needs Splink 5: pip install 'wardwell[linkage]'"


def _run(code: str) -> str:
    source = str(Path(wardstats.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
