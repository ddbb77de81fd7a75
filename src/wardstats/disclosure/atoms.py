"""Scopes cut into atoms: the largest pieces of place, time and kind that every scope holds whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scipy.sparse import csr_array

from wardstats.disclosure.scopes import Scope

Boxes = frozenset[int]


def incidence(scopes: Sequence[Scope]) -> csr_array:
    """Which atoms each scope is made of: a row for each scope, a column for each atom, 1 where the scope holds it.

    Atoms that the same scopes hold are one atom, so that there are never more than the printed counts can tell apart.
    """
    atoms: dict[frozenset[int], int] = {}
    for family in dict.fromkeys(scope.family for scope in scopes):
        members = [at for at, scope in enumerate(scopes) if scope.family == family]
        for holders in _holders(scopes, members):
            atoms.setdefault(holders, len(atoms))
    rows = [at for holders in atoms for at in holders]
    columns = [column for holders, column in atoms.items() for _ in holders]
    return csr_array(([1.0] * len(rows), (rows, columns)), shape=(len(scopes), len(atoms)))


def _holders(scopes: Sequence[Scope], members: Sequence[int]) -> Iterator[frozenset[int]]:
    """For every atom of one family, the scopes that hold it."""
    boxes = [(at, box) for at in members for box in scopes[at].boxes]
    kinds = {scopes[at].kind for at in members} | {None}
    allowed = [frozenset(at for at in members if scopes[at].kind in (None, kind)) for kind in kinds]
    where = _by_place(enumerate(box.places for _, box in boxes))
    when = _by_month([(box.since, box.until) for _, box in boxes])
    for together in {places & months for places in where for months in when}:
        inside = frozenset(boxes[at][0] for at in together)
        yield from {inside & holders for holders in allowed} - {frozenset()}


def _by_place(places: Iterable[tuple[int, frozenset[str]]]) -> frozenset[Boxes]:
    found: dict[str, set[int]] = defaultdict(set)
    for at, codes in places:
        for code in codes:
            found[code].add(at)
    return frozenset(frozenset(boxes) for boxes in found.values())


def _by_month(spans: Sequence[tuple[str, str]]) -> frozenset[Boxes]:
    cuts = sorted({cut for span in spans for cut in span})
    return frozenset(
        frozenset(at for at, (since, until) in enumerate(spans) if since <= cut < until) for cut in cuts[:-1]
    )
