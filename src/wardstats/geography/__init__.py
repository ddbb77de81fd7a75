"""Geography: boundaries, which area lies in which, and carrying counts from one version of areas to another."""

from wardstats.geography.boundaries import Area, Boundaries, UnableToReadBoundaries, read_boundaries
from wardstats.geography.bridging import Bridge, Carried, Change, ChangeKind
from wardstats.geography.membership import Membership, membership
from wardstats.geography.simplification import UnableToSimplify, simplify

__all__ = [
    "Area",
    "Boundaries",
    "Bridge",
    "Carried",
    "Change",
    "ChangeKind",
    "Membership",
    "UnableToReadBoundaries",
    "UnableToSimplify",
    "membership",
    "read_boundaries",
    "simplify",
]
