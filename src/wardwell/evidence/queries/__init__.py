"""Questions about evidence: what is supplied and what is late, what was kept, what was put aside, what a measure may read."""

from wardwell.evidence.queries.breaks import BreakView, areas_of_series, breaks
from wardwell.evidence.queries.described import DatasetView, FieldView
from wardwell.evidence.queries.evidence import evidence, evidence_of
from wardwell.evidence.queries.expectations import (
    ExcuseView,
    Line,
    PeriodView,
    ReminderView,
    Standings,
    calendar,
    standings,
)
from wardwell.evidence.queries.heads import head_of
from wardwell.evidence.queries.issues import IssueView, OpenAtEnd, issue, issues, trend
from wardwell.evidence.queries.mapping import LayoutView, MappingView, layout, layouts, mappings
from wardwell.evidence.queries.rehearsal import Rehearsal, UnableToRehearse, rehearse
from wardwell.evidence.queries.snapshots import (
    EditionView,
    PartView,
    QuarantinedRow,
    QuarantinePage,
    ReconciliationLine,
    SnapshotPage,
    SnapshotView,
    SnapshotWhole,
    quarantine,
    read_snapshot_rows,
    snapshot,
    snapshot_of_digest,
    snapshots,
)
from wardwell.evidence.queries.submissions import SubmissionView, submission, submissions
from wardwell.evidence.queries.supply import SupplyView, dataset, datasets, supply

__all__ = [
    "BreakView",
    "DatasetView",
    "EditionView",
    "ExcuseView",
    "FieldView",
    "IssueView",
    "LayoutView",
    "Line",
    "MappingView",
    "OpenAtEnd",
    "PartView",
    "PeriodView",
    "QuarantinePage",
    "QuarantinedRow",
    "ReconciliationLine",
    "Rehearsal",
    "ReminderView",
    "SnapshotPage",
    "SnapshotView",
    "SnapshotWhole",
    "Standings",
    "SubmissionView",
    "SupplyView",
    "UnableToRehearse",
    "areas_of_series",
    "breaks",
    "calendar",
    "dataset",
    "datasets",
    "evidence",
    "evidence_of",
    "head_of",
    "issue",
    "issues",
    "layout",
    "layouts",
    "mappings",
    "quarantine",
    "read_snapshot_rows",
    "rehearse",
    "snapshot",
    "snapshot_of_digest",
    "snapshots",
    "standings",
    "submission",
    "submissions",
    "supply",
    "trend",
]
