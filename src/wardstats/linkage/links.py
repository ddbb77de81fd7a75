"""What a linkage proposes: links with weight and reason, the clusters they make, and whom it finds less often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Basis(Enum):
    """What a link rests on."""

    EXACT = "exact"
    PROBABLE = "probable"


@dataclass(frozen=True)
class Link:
    """Two records that are proposed to be about one person.

    Attributes
    ----------
    left, right
        The two records, by identifier.
    basis
        The same exact key, or many likenesses together.
    weight
        Fellegi and Sunter's match weight: how many times, as a power of two, the likenesses are likelier for one person
        than for two, prior odds included. None where only the exact key was looked at.
    probability
        The same as a probability, which is right only as far as the model is.
    reason
        What is the same, alike, different or missing, field by field.
    """

    left: str
    right: str
    basis: Basis
    weight: float | None
    probability: float | None
    reason: str


@dataclass(frozen=True)
class Cluster:
    """Records that links hold together, and by which links: shown to a reviewer, never merged.

    A chain of links can hold together two records that nobody would link.
    """

    members: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every two of its records are linked."""
        return len(self.links) == len(self.members) * (len(self.members) - 1) // 2


@dataclass(frozen=True)
class Linkage:
    """The proposal, with on what footing it was made and who is to review it."""

    links: tuple[Link, ...]
    threshold: float
    reviewer: str
    lawful_basis: str

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """Records held together by links, each cluster with two or more."""
        root: dict[str, str] = {}
        for link in self.links:
            root[_top(root, link.right)] = _top(root, link.left)
        members, links = defaultdict[str, set[str]](set), defaultdict[str, list[Link]](list)
        for link in self.links:
            top = _top(root, link.left)
            members[top] |= {link.left, link.right}
            links[top].append(link)
        found = [Cluster(tuple(sorted(members[top])), tuple(links[top])) for top in members]
        return tuple(sorted(found, key=lambda cluster: cluster.members))


@dataclass(frozen=True)
class GroupRecall:
    """How many of a group's true pairs were linked; ``recall`` is None where it has none."""

    group: Hashable
    pairs: int
    linked: int

    @property
    def recall(self) -> float | None:
        """The share of the true pairs that was linked."""
        return self.linked / self.pairs if self.pairs else None


def recall_by_group(
    links: Iterable[Link], true_pairs: Collection[tuple[str, str]], groups: Mapping[str, Hashable]
) -> tuple[GroupRecall, ...]:
    """How much of what belongs together was found, group by group: where it is lower, the linkage is unfair.

    Parameters
    ----------
    links
        What was proposed.
    true_pairs
        Pairs known to be about one person, from a sample that was reviewed by hand.
    groups
        The group of each record. A pair whose records stand in two groups counts in both.

    Raises
    ------
    ValueError
        If a record of a true pair is in no group.

    Examples
    --------
    >>> link = Link("a", "b", Basis.EXACT, None, None, "same number")
    >>> found = recall_by_group([link], [("b", "a"), ("c", "d")], {"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> [(each.group, each.recall) for each in found]
    [('x', 1.0), ('y', 0.0)]
    """
    linked = {frozenset((link.left, link.right)) for link in links}
    pairs, hits = defaultdict[Hashable, int](int), defaultdict[Hashable, int](int)
    for pair in {frozenset(pair) for pair in true_pairs}:
        if not pair <= groups.keys():
            raise ValueError("a record of a true pair is in no group")
        for group in {groups[record] for record in pair}:
            pairs[group] += 1
            hits[group] += pair in linked
    every = dict.fromkeys(groups.values())
    return tuple(GroupRecall(group, pairs[group], hits[group]) for group in sorted(every, key=str))


def _top(root: dict[str, str], record: str) -> str:
    while (above := root.get(record, record)) != record:
        root[record] = root.get(above, above)
        record = above
    return record
