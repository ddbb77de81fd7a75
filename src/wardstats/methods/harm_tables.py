"""Weights of harm: what one crime of a category counts, as dated tables with their source; nobody's choice but the user's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

CAMBRIDGE = (
    "Sherman L, Neyroud PW, Neyroud E (2016). The Cambridge Crime Harm Index. Policing 10, 171-183; Cambridge Centre for "
    "Evidence-Based Policing"
)
QUOTED = "not under an open licence: quoted as facts, to be cited"
OPEN = "Open Government Licence v3.0"


@dataclass(frozen=True)
class HarmWeights:
    """One set of weights, in days of sentence for one crime.

    Parameters
    ----------
    code, name
        How it is asked for, and how it is printed: never without its year.
    year
        Of the edition, or of the first publication where the list names none.
    unit
        What one is.
    source, licence
        Whose the weights are and on what terms; ``made`` says who turned them into weights of these categories, and how.
    days
        Of each category.
    ranges
        The least and the most that offences within a category weigh in the same index, where they are known.
    """

    code: str
    name: str
    year: int
    unit: str
    source: str
    licence: str
    made: str
    days: Mapping[str, float] = field(hash=False)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "ranges", MappingProxyType(dict(self.ranges)))


class UnknownWeights(ValueError):
    """There is no set of weights of that name; the sentence lists those there are."""


def harm_weights(code: str) -> HarmWeights:
    """The set of weights of this code. There is none by default: the sets differ by large factors for the same category.

    Raises
    ------
    UnknownWeights
        Naming the sets there are.

    Examples
    --------
    >>> for code in ("cchi-2020-mean", "cchi-2020-median", "cchi-2026-west-midlands"):
    ...     print(code, harm_weights(code).days["Violence and sexual offences"])
    cchi-2020-mean 730.33
    cchi-2020-median 182.5
    cchi-2026-west-midlands 192.46
    """
    if code not in _SETS:
        raise UnknownWeights(f"no harm weights are called {code!r}; there are {', '.join(_SETS)}")
    return _SETS[code]


def all_harm_weights() -> tuple[HarmWeights, ...]:
    """Every set of weights.

    Examples
    --------
    >>> [weights.code for weights in all_harm_weights()][-1]
    'ons-severity'
    """
    return tuple(_SETS.values())


_2020 = {
    "Bicycle theft": (27.9, 2.0),
    "Burglary": (314.0, 126.0),
    "Criminal damage and arson": (96.61, 2.0),
    "Drugs": (187.45, 5.0),
    "Other crime": (80.19, 10.0),
    "Other theft": (27.9, 2.0),
    "Possession of weapons": (755.18, 365.0),
    "Public order": (44.11, 5.0),
    "Robbery": (365.0, 365.0),
    "Shoplifting": (27.9, 2.0),
    "Theft from the person": (27.9, 2.0),
    "Vehicle crime": (6.14, 5.0),
    "Violence and sexual offences": (730.33, 182.5),
}
# The same in every force; the four below depend on which offences a force records.
_2026_EVERYWHERE = {
    "Bicycle theft": 2.0,
    "Other crime": 10.0,
    "Other theft": 2.0,
    "Possession of weapons": 273.75,
    "Public order": 7.5,
    "Robbery": 365.0,
    "Shoplifting": 1.0,
    "Theft from the person": 2.0,
    "Vehicle crime": 5.0,
}
_BY_FORCE = ("Violence and sexual offences", "Burglary", "Criminal damage and arson", "Drugs")
_2026_FORCES = {
    "West Midlands": (192.46, 246.78, 10.94, 3.41),
    "South Yorkshire": (192.23, 252.17, 14.1, 3.96),
    "Staffordshire": (193.02, 246.5, 13.24, 3.56),
}
_2026_SUBGROUPS = {
    "Homicide": 5475.0,
    "Violence with injury": 365.0,
    "Violence without injury": 10.0,
    "Stalking and harassment": 10.0,
    "Death or serious injury - unlawful driving": 365.0,
    "Rape offences": 2555.0,
    "Other sexual offences": 182.25,
    "Public order offences": 7.5,
    "Criminal damage": 2.0,
    "Arson": 185.0,
    "Shoplifting": 1.0,
    "Other theft offences": 2.0,
    "Vehicle offences": 5.0,
    "Residential burglary": 273.5,
    "Non-residential burglary": 183.5,
    "Possession of drugs": 3.0,
    "Trafficking of drugs": 5.0,
    "Theft from the person": 2.0,
    "Robbery of business property": 365.0,
    "Robbery of personal property": 365.0,
    "Possession of weapons offences": 273.75,
    "Bicycle theft": 2.0,
    "Miscellaneous crimes against society": 10.0,
}
_2026_RANGES = {
    "Violence and sexual offences": (10.0, 5475.0),
    "Criminal damage and arson": (2.0, 185.0),
    "Burglary": (183.5, 273.5),
    "Drugs": (3.0, 5.0),
}
# Only categories all of whose offences weigh the same: the list bears no names of offences, so that a mean could not be weighted.
_ONS = {
    "Bicycle theft": 10.0,
    "Other theft": 33.0,
    "Robbery": 746.0,
    "Shoplifting": 13.0,
    "Theft from the person": 86.0,
}
_STARTING_POINT = "days of the starting-point sentence of a first offender"


def _cambridge(code: str, name: str, year: int, made: str, days: Mapping[str, float], **known: Any) -> HarmWeights:
    full = f"Cambridge Crime Harm Index {year}, {name}"
    return HarmWeights(f"cchi-{year}-{code}", full, year, _STARTING_POINT, CAMBRIDGE, QUOTED, made, days, **known)


def _every() -> Iterator[HarmWeights]:
    for place, kind in enumerate(("mean", "median")):
        made = f"the plain {kind} over the offences of a category, however often each is recorded (UK-Crime-Explorer)"
        days = {category: weights[place] for category, weights in _2020.items()}
        yield _cambridge(kind, f"{kind} of each category", 2020, made, days)
    made = "medians of offence subgroups, weighted by how often the force records each (cbl-realcrime)"
    for force, by_force in _2026_FORCES.items():
        days = {**_2026_EVERYWHERE, **dict(zip(_BY_FORCE, by_force, strict=True))}
        code = force.lower().replace(" ", "-")
        yield _cambridge(code, f"as {force} Police records", 2026, made, days, ranges=_2026_RANGES)
    made = "the median over the offences of a subgroup (cbl-realcrime)"
    yield _cambridge("subgroups", "median of each Home Office offence subgroup", 2026, made, _2026_SUBGROUPS)
    yield HarmWeights(
        code="ons-severity",
        name="ONS Crime Severity Score, first published 2016, categories of one weight only",
        year=2016,
        unit="days of the average sentence passed",
        source="Office for National Statistics (2016). Research outputs: developing a crime severity score",
        licence=OPEN,
        made="rounded, and grouped by data.police.uk category by a public project that names no edition; without the "
        "categories of several weights",
        days=_ONS,
    )


_SETS = {weights.code: weights for weights in _every()}
