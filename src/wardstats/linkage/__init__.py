"""Linkage: which records are likely to be about the same person. Proposes links with their reasons; merges nothing.

It needs Splink, which the rest of the library does not, and is imported by its own name only.
"""

from importlib.util import find_spec

if find_spec("splink") is None:
    raise ImportError("wardstats.linkage needs Splink 5: pip install 'wardwell[linkage]'", name="splink")

from wardstats.linkage.linking import UnableToLink, link_records
from wardstats.linkage.links import Basis, Cluster, GroupRecall, Link, Linkage, recall_by_group
from wardstats.linkage.plan import Field, Likeness, LinkagePlan

__all__ = [
    "Basis",
    "Cluster",
    "Field",
    "GroupRecall",
    "Likeness",
    "Link",
    "Linkage",
    "LinkagePlan",
    "UnableToLink",
    "link_records",
    "recall_by_group",
]
