"""Collective ranks: many people's orders of the same options made into one, with ties left as ties.

Every ballot is read as pairs: whoever puts one option above another prefers it, whoever leaves an option out puts it last,
beside all others left out. The table of pairs is shown, since every collective order is only a reading of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from wardstats.methods.counts import as_many, whole_counts

Ballot: TypeAlias = Sequence[str | Collection[str]]
Table: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CollectiveRank:
    """What the ballots say of one option.

    Attributes
    ----------
    option
        Its name.
    schulze, ranked_pairs, borda
        Its place by each method: one more than the options that beat it, so that equals share a place.
    points
        Borda's points: for each ballot, the options it stands above, and half of those it stands level with.
    first_preferences
        How many put it first; who puts several first gives each their share.
    mean_rank
        The mean place over the ballots that rank it; None if none does.
    ranked_by
        How many ballots rank it.
    """

    option: str
    schulze: int
    ranked_pairs: int
    borda: int
    points: float
    first_preferences: float
    mean_rank: float | None
    ranked_by: int


@dataclass(frozen=True)
class CollectiveOrder:
    """The options in Schulze's order, and the table of pairs it was read from.

    Attributes
    ----------
    ranks
        First place first; options that share a place in the order given.
    ballots
        How many were counted, those that rank nothing included.
    options
        In the order given, which is that of the rows and columns of the table.
    pairs
        How many ballots prefer the option of the row to that of the column.
    condorcet_winner
        The option preferred to every other by more ballots than the contrary; None where there is none.
    """

    ranks: tuple[CollectiveRank, ...]
    ballots: int
    options: tuple[str, ...]
    pairs: tuple[tuple[int, ...], ...]
    condorcet_winner: str | None

    def preferring(self, one: str, other: str) -> int:
        """How many ballots prefer one option to another."""
        return self.pairs[self.options.index(one)][self.options.index(other)]

    def top(self, number: int) -> tuple[str, ...]:
        """The options in the first so many places of Schulze's order, all that share the last of them included."""
        return tuple(rank.option for rank in self.ranks if rank.schulze <= number)


def collective_order(
    ballots: Sequence[Ballot], options: Sequence[str], *, counts: Sequence[int] | npt.ArrayLike | None = None
) -> CollectiveOrder:
    """One order from many: Schulze's, with ranked pairs and Borda's count beside it.

    Parameters
    ----------
    ballots
        Options from the best on, as far as somebody ranked them; several in one place as a set or tuple.
    options
        Everything that could be ranked.
    counts
        How many people gave each ballot; one each if None.

    Raises
    ------
    ValueError
        If there are no ballots or fewer than two options, an option is named twice, a ballot names what is no option, or
        the counts are not whole numbers, one for each ballot.

    When not to use this
    --------------------
    Not to put residents' and organisations' ballots into one pot: their orders are made and shown apart. Not where
    people could rank only some of the options (different forms): whoever was not asked would count as putting last.

    Notes
    -----
    A majority is as strong as the ballots for it, then as the fewer ballots against it (in ranked pairs; Schulze's paths
    look at the ballots for it). Ranked pairs takes majorities of equal strength together and leaves out those that would
    close a circle among them, so that the order depends on no chance and on no order of the options.

    References
    ----------
    Schulze M (2011). A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method. Social Choice and Welfare 36, 267-303.
    Tideman TN (1987). Independence of clones as a criterion for voting rules. Social Choice and Welfare 4, 185-206.

    Examples
    --------
    Most want burglary dealt with first, though knife crime is in everybody's first two:

    >>> found = collective_order(
    ...     [["burglary", "knives"], ["knives", "litter"], ["litter", "knives"]],
    ...     ["burglary", "knives", "litter"],
    ...     counts=[6, 3, 2],
    ... )
    >>> [(rank.option, rank.schulze, rank.points, rank.ranked_by) for rank in found.ranks]
    [('burglary', 1, 12.0, 6), ('knives', 2, 14.0, 11), ('litter', 3, 7.0, 5)]
    >>> found.condorcet_winner, found.preferring("knives", "burglary")
    ('burglary', 5)
    """
    options = _known_options(options)
    weights = _known_counts(ballots, counts)
    places = np.array([_places(ballot, options) for ballot in ballots])
    pairs = _pairs(places, weights, len(options))
    by_schulze, by_pairs = _after(_schulze(pairs)), _after(_ranked_pairs(pairs))
    points = (pairs + (weights.sum() - pairs - pairs.T) / 2).sum(axis=1) - weights.sum() / 2
    by_points = _after(points[:, np.newaxis] > points)
    firsts, means, ranked = _described(places, weights, len(options))
    ranks = [
        CollectiveRank(
            option,
            schulze=int(by_schulze[at]),
            ranked_pairs=int(by_pairs[at]),
            borda=int(by_points[at]),
            points=float(points[at]),
            first_preferences=float(firsts[at]),
            mean_rank=means[at],
            ranked_by=int(ranked[at]),
        )
        for at, option in enumerate(options)
    ]
    ranks.sort(key=lambda rank: rank.schulze)
    winners = np.flatnonzero((pairs > pairs.T).sum(axis=1) == len(options) - 1)
    winner = options[int(winners[0])] if winners.size else None
    table = tuple(tuple(row) for row in pairs.tolist())
    return CollectiveOrder(tuple(ranks), int(weights.sum()), options, table, winner)


def _known_options(options: Sequence[str]) -> tuple[str, ...]:
    if len(options) < 2:
        raise ValueError(f"options: nothing to order among {len(options)}")
    if len(set(options)) < len(options):
        raise ValueError("options: one is named twice")
    return tuple(options)


def _known_counts(ballots: Sequence[Ballot], counts: Sequence[int] | npt.ArrayLike | None) -> Table:
    if not len(ballots):
        raise ValueError("ballots: there are none")
    known = np.ones(len(ballots)) if counts is None else whole_counts(counts, of="counts")
    as_many(np.empty(len(ballots)), known, of="ballots and counts")
    if not known.any():
        raise ValueError("counts: all are nought")
    return known.astype(np.int64)


def _places(ballot: Ballot, options: Sequence[str]) -> list[int]:
    """For each option its place on the ballot, level options sharing the first; last of all where it is left out."""
    if isinstance(ballot, str):
        raise ValueError(f"a ballot is a list of options, not a word: {ballot!r}")
    found: dict[str, int] = {}
    place = 1
    for level in ballot:
        here = [level] if isinstance(level, str) else list(level)
        for option in here:
            if option in found:
                raise ValueError(f"a ballot names {option!r} twice")
            found[option] = place
        place += len(here)
    unknown = found.keys() - set(options)
    if unknown:
        raise ValueError(f"a ballot names what is no option: {sorted(unknown)}")
    last = len(options) + 1
    return [found.get(option, last) for option in options]


def _pairs(places: Table, weights: Table, options: int) -> Table:
    rows = [weights @ (places[:, [at]] < places) for at in range(options)]
    return np.array(rows, dtype=np.int64)


def _described(
    places: Table, weights: Table, options: int
) -> tuple[npt.NDArray[np.float64], list[float | None], Table]:
    """First preferences, mean rank and number of ballots of each option; who is level has the mean of their places."""
    is_ranked = places <= options
    level = np.array([[(row == place).sum() for place in row] for row in places])
    firsts = weights.astype(np.float64) @ np.where(is_ranked & (places == 1), 1 / level, 0.0)
    ranked = weights @ is_ranked
    total = weights @ np.where(is_ranked, places + (level - 1) / 2, 0.0)
    means = [float(sum_ / number) if number else None for sum_, number in zip(total, ranked, strict=True)]
    return firsts, means, ranked


def _after(beats: Flags) -> Table:
    """One more than the number of options that beat each."""
    places: Table = 1 + beats.sum(axis=0, dtype=np.int64)
    return places


def _schulze(pairs: Table) -> Flags:
    """Which option beats which: the weakest majority on its best way to the other is stronger than on the way back."""
    strength = np.where(pairs > pairs.T, pairs, 0)
    for via in range(len(strength)):
        strength = np.maximum(strength, np.minimum(strength[:, [via]], strength[[via], :]))
    np.fill_diagonal(strength, 0)
    stronger: Flags = strength > strength.T
    return stronger


def _ranked_pairs(pairs: Table) -> Flags:
    """Which option beats which once the majorities are taken from the strongest on, without closing a circle."""
    reached = np.zeros(pairs.shape, dtype=np.bool_)
    for majorities in _by_strength(pairs):
        back = _reaching(reached | majorities).T
        reached = _reaching(reached | (majorities & ~back))
    return reached


def _by_strength(pairs: Table) -> Iterator[Flags]:
    won = pairs > pairs.T
    against = pairs.T
    for votes, contrary in sorted({(-pairs[i, j], pairs[j, i]) for i, j in np.argwhere(won)}):
        yield won & (pairs == -votes) & (against == contrary)


def _reaching(steps: Flags) -> Flags:
    for via in range(len(steps)):
        steps = steps | (steps[:, [via]] & steps[[via], :])
    return steps
