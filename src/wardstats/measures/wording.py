"""What a measure was asked, in words that stand beside its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from wardstats.disclosure import Value
from wardstats.measures.periods import Period, month_of
from wardstats.methods import harm_weights

RANKED_BY: Mapping[Value, str] = {"count": "number of events", "rate": "rate per 1,000 residents"}
LEVELS = {"ward": "wards", "lsoa": "small areas (LSOA)"}
VERSIONED = re.compile(r"(ward|lsoa)(\d\d)")


def asked_in_words(parameters: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """The parameters of a lineage as (name, value) pairs for a reader: months by their names, both ends included.

    What was left open is left out, but for the type of crime: that all of it was counted is worth saying. A parameter that
    has no words here is said as it stands.

    >>> asked_in_words({"district": "E08000031", "from": "2024-11", "until": "2025-11", "crime_type": None})
    (('District', 'E08000031'), ('Period', 'November 2024 to October 2025'), ('Type of crime', 'all crime'))
    >>> asked_in_words({"from": "2025-10", "until": "2025-11", "level": "ward25", "by": "rate"})[1:]
    (('Areas told apart', 'wards of 2025'), ('Ranked by', 'rate per 1,000 residents'))
    """
    return tuple(_said(parameters))


def _said(asked: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for name in sorted(asked, key=_place):
        if name in WORDS:
            label, said = WORDS[name]
            if (value := said(asked, name)) is not None:
                yield label, value
        elif name not in ENDS:
            yield name.replace("_", " ").capitalize(), str(asked[name])


def _place(name: str) -> tuple[int, str]:
    """Where a parameter stands among the others; those without words come last."""
    return (list(WORDS).index(name) if name in WORDS else len(WORDS), name)


def _as_it_is(asked: Mapping[str, Value], name: str) -> str | None:
    return None if asked[name] is None else str(asked[name])


def _months(asked: Mapping[str, Value], name: str) -> str:
    return str(Period(month_of(str(asked[name])), month_of(str(asked[name.replace("from", "until")]))))


def _areas(asked: Mapping[str, Value], name: str) -> str:
    """Areas of one level as they are called: ``lsoa21`` is "small areas (LSOA) of 2021", a set's code its own name."""
    code = str(asked[name])
    if found := VERSIONED.fullmatch(code):
        return f"{LEVELS[found[1]]} of 20{found[2]}"
    return code.replace("-", " ").capitalize()


PEERS = {"force": "the districts of the same police force", "nation": "all districts of England and Wales"}


def _peers(asked: Mapping[str, Value], name: str) -> str:
    code = str(asked[name])
    return PEERS.get(code, f"the {code.replace('-', ' ')}")


WORDS: Mapping[str, tuple[str, Callable[[Mapping[str, Value], str], str | None]]] = {
    "district": ("District", _as_it_is),
    "area_code": ("Area", _as_it_is),
    "from": ("Period", _months),
    "compare_from": ("Compared with", _months),
    "crime_type": ("Type of crime", lambda asked, name: str(asked[name] or "all crime")),
    "set_code": ("Areas asked about", _areas),
    "level": ("Areas told apart", _areas),
    "by": ("Ranked by", lambda asked, name: RANKED_BY[asked[name]]),
    "peers": ("Compared with", _peers),
    "per_day": ("Months", lambda asked, name: "divided by their number of days" if asked[name] else None),
    "weights": ("Weighted by", lambda asked, name: harm_weights(str(asked[name])).name),
}
ENDS = frozenset({"until", "compare_until"})
