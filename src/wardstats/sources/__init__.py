"""Sources: readers of what others publish, each delivering exactly one table or refusing with the row at fault.

:func:`read` reads street files of data.police.uk and files of counts into a staging folder.
"""

from wardstats.sources.accounts import UnableToReconcile
from wardstats.sources.keeping import read
from wardstats.sources.reading import (
    FileRead,
    Limits,
    Note,
    PassedOver,
    Progress,
    Reading,
    Reason,
    Reconciled,
)
from wardstats.sources.refusal import UnableToRead

__all__ = [
    "FileRead",
    "Limits",
    "Note",
    "PassedOver",
    "Progress",
    "Reading",
    "Reason",
    "Reconciled",
    "UnableToRead",
    "UnableToReconcile",
    "read",
]
