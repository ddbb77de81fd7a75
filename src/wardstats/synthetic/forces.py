"""The forces whose files make a national download, with roughly their real share of the rows."""

from __future__ import annotations

from dataclasses import dataclass

LAST_CODE_2011 = 33_768
LAST_CODE_2021 = 35_672
WEST_MIDLANDS_CODES = (8_881, 10_568)


@dataclass(frozen=True)
class Force:
    """A force as its files name it, its rows a year, and the consecutive LSOA numbers of its area."""

    slug: str
    title: str
    rows: int
    codes: tuple[int, int]


BRITISH_TRANSPORT_POLICE = Force("btp", "British Transport Police", 62_000, (1, LAST_CODE_2011 + 1))

# Thousands of street-level rows in a year, rounded from the size of the areas; order as the codes run.
_SHARES = (
    ("metropolitan", "Metropolitan Police Service", 1_130), ("city-of-london", "City of London Police", 9),
    ("greater-manchester", "Greater Manchester Police", 405), ("merseyside", "Merseyside Police", 190),
    ("south-yorkshire", "South Yorkshire Police", 190), ("northumbria", "Northumbria Police", 205),
    ("west-midlands", "West Midlands Police", 380), ("west-yorkshire", "West Yorkshire Police", 350),
    ("avon-and-somerset", "Avon and Somerset Constabulary", 190), ("bedfordshire", "Bedfordshire Police", 68),
    ("thames-valley", "Thames Valley Police", 215), ("cambridgeshire", "Cambridgeshire Constabulary", 82),
    ("cheshire", "Cheshire Constabulary", 95), ("cleveland", "Cleveland Police", 92),
    ("cumbria", "Cumbria Constabulary", 44), ("derbyshire", "Derbyshire Constabulary", 105),
    ("devon-and-cornwall", "Devon & Cornwall Police", 145), ("dorset", "Dorset Police", 68),
    ("durham", "Durham Constabulary", 82), ("sussex", "Sussex Police", 165), ("essex", "Essex Police", 180),
    ("gloucestershire", "Gloucestershire Constabulary", 58), ("hampshire", "Hampshire Constabulary", 195),
    ("hertfordshire", "Hertfordshire Constabulary", 105), ("humberside", "Humberside Police", 110),
    ("kent", "Kent Police", 205), ("lancashire", "Lancashire Constabulary", 185),
    ("leicestershire", "Leicestershire Police", 110), ("lincolnshire", "Lincolnshire Police", 65),
    ("norfolk", "Norfolk Constabulary", 75), ("north-yorkshire", "North Yorkshire Police", 65),
    ("northamptonshire", "Northamptonshire Police", 72), ("nottinghamshire", "Nottinghamshire Police", 130),
    ("staffordshire", "Staffordshire Police", 105), ("suffolk", "Suffolk Constabulary", 62),
    ("surrey", "Surrey Police", 85), ("warwickshire", "Warwickshire Police", 52), ("west-mercia", "West Mercia Police", 105),
    ("wiltshire", "Wiltshire Police", 56), ("dyfed-powys", "Dyfed-Powys Police", 42), ("gwent", "Gwent Police", 62),
    ("north-wales", "North Wales Police", 72), ("south-wales", "South Wales Police", 138),
)  # fmt: skip


def territorial_forces() -> tuple[Force, ...]:
    """The 43 territorial forces, each on its own run of LSOA numbers; the West Midlands on its real one.

    Examples
    --------
    >>> len(territorial_forces())
    43
    >>> next(f.codes for f in territorial_forces() if f.slug == "west-midlands")
    (8881, 10568)
    """
    others = [share for share in _SHARES if share[0] != "west-midlands"]
    total = sum(rows for _, _, rows in others)
    start, end = WEST_MIDLANDS_CODES
    free = LAST_CODE_2011 - (end - start)
    forces, seen = [], 0
    for slug, title, rows in _SHARES:
        if slug == "west-midlands":
            forces.append(Force(slug, title, rows * 1000, WEST_MIDLANDS_CODES))
            continue
        first, seen = seen, seen + rows
        codes = _beside_west_midlands(1 + first * free // total, 1 + seen * free // total)
        forces.append(Force(slug, title, rows * 1000, codes))
    return tuple(forces)


def _beside_west_midlands(first: int, last: int) -> tuple[int, int]:
    """Move a run of numbers past the one that the West Midlands really have."""
    start, end = WEST_MIDLANDS_CODES
    if last <= start:
        return first, last
    return max(first, start) + (end - start), last + (end - start)
