"""Which cells of a table hide with those that must: the cheapest ways round through which a hidden cell can move."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from wardstats.disclosure.audit import TOLERANCE
from wardstats.disclosure.networks import NOBODY, Network


class Suppression:
    """Hides more cells until each hidden one is as open as it needs to be; hiding more never makes one less open."""

    def __init__(
        self,
        values: npt.NDArray[np.float64],
        needs: Mapping[int, tuple[float, float]],
        alone: Mapping[int, Hashable],
        widths: Sequence[float],
    ) -> None:
        flat = values.ravel().tolist()
        self._network = Network(flat, *values.shape)
        self._needs, self._alone, self._widths = needs, alone, widths
        self._hidden = set(needs)
        self._among = self._network.among(self._hidden)
        dear = 1 + float(values[-1, -1])
        self._costs = [0.0 if arc in needs else 1 + value if value else dear for arc, value in enumerate(flat)]

    def hidden(self) -> frozenset[int]:
        """Every cell that must not be printed."""
        done: set[int] = set()
        for arc in sorted(self._needs, key=lambda arc: (-self._network.values[arc], arc)):
            down, up = self._needs[arc]
            for way, need in ((-1, down), (1, up)):
                self._open(arc, way, need, self._known_to_others(arc))
                self._open(arc, way, need, NOBODY)
            done.add(arc)
        while waiting := self._hidden - done:
            arc = min(waiting)
            done.add(arc)
            self._widen(arc, self._widths[arc])
        return frozenset(self._hidden)

    def _known_to_others(self, arc: int) -> frozenset[int]:
        """Hidden cells that somebody else is alone in, who therefore sees through them."""
        if not self._network.values[arc]:
            return NOBODY
        own = self._alone.get(arc)
        return frozenset(each for each, who in self._alone.items() if who != own)

    def _widen(self, arc: int, width: float) -> None:
        """Enough for a cell hidden to protect others that it is not worked out itself."""
        up, _ = self._network.sent(arc, 1, width, self._among)
        down, _ = self._network.sent(arc, -1, min(width - up, self._network.values[arc]), self._among)
        if up + down < width - TOLERANCE:
            self._open(arc, 1, width, NOBODY)

    def _open(self, arc: int, way: int, need: float, without: frozenset[int]) -> None:
        got, moved = self._network.sent(arc, way, need, self._among, without=without)
        while need - got > TOLERANCE:
            path = self._network.cheapest(arc, way, self._costs, moved, without=without)
            if path is None:
                return
            got += self._network.push(path, need - got, moved)
            self._hide({each for each, _ in path} - self._hidden)

    def _hide(self, fresh: set[int]) -> None:
        self._hidden |= fresh
        for arc in fresh:
            self._costs[arc] = 0.0
        for steps, more in zip(self._among, self._network.among(fresh), strict=True):
            steps += more
