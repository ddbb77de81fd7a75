"""Changes to evidence: datasets, files sent in, files taken in, tables kept, and what a killed import left swept away."""

from wardwell.evidence.operations.breaks import UnableToRecordBreak, record_break, withdraw_break
from wardwell.evidence.operations.datasets import UnableToAddDataset, add_dataset
from wardwell.evidence.operations.issues import (
    UnableToChangeIssue,
    close_issue,
    look_for_issues,
    reopen_issue,
    take_up_issue,
)
from wardwell.evidence.operations.keeping import UnableToKeep, keep_table
from wardwell.evidence.operations.mapping import UnableToSaveMapping, save_mapping
from wardwell.evidence.operations.receiving import UnableToReceive, receive, receive_in_place
from wardwell.evidence.operations.sweeping import Swept, UnableToSweep, sweep
from wardwell.evidence.operations.taking_in import Outcome, UnableToTakeIn, take_in

__all__ = [
    "Outcome",
    "Swept",
    "UnableToAddDataset",
    "UnableToChangeIssue",
    "UnableToKeep",
    "UnableToReceive",
    "UnableToRecordBreak",
    "UnableToSaveMapping",
    "UnableToSweep",
    "UnableToTakeIn",
    "add_dataset",
    "close_issue",
    "keep_table",
    "look_for_issues",
    "receive",
    "receive_in_place",
    "record_break",
    "reopen_issue",
    "save_mapping",
    "sweep",
    "take_in",
    "take_up_issue",
    "withdraw_break",
]
