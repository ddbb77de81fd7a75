"""Changes to evidence: datasets, files sent in, files taken in, tables kept, and what a killed import left swept away."""

from wardwell.evidence.operations.breaks import UnableToRecordBreak, record_break, withdraw_break
from wardwell.evidence.operations.datasets import UnableToAddDataset, add_dataset
from wardwell.evidence.operations.describing import Description, UnableToDescribe, describe_dataset
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
from wardwell.evidence.operations.reminding import Reminded, UnableToRemind, chase, excuse, remind
from wardwell.evidence.operations.sweeping import Swept, UnableToSweep, sweep
from wardwell.evidence.operations.taking_in import Outcome, UnableToTakeIn, take_in

__all__ = [
    "Description",
    "Outcome",
    "Reminded",
    "Swept",
    "UnableToAddDataset",
    "UnableToChangeIssue",
    "UnableToDescribe",
    "UnableToKeep",
    "UnableToReceive",
    "UnableToRecordBreak",
    "UnableToRemind",
    "UnableToSaveMapping",
    "UnableToSweep",
    "UnableToTakeIn",
    "add_dataset",
    "chase",
    "close_issue",
    "describe_dataset",
    "excuse",
    "keep_table",
    "look_for_issues",
    "receive",
    "receive_in_place",
    "record_break",
    "remind",
    "reopen_issue",
    "save_mapping",
    "sweep",
    "take_in",
    "take_up_issue",
    "withdraw_break",
]
