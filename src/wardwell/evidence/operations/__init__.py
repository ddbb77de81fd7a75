"""Changes to evidence: datasets, files sent in, files taken in, tables kept, and what a killed import left swept away."""

from wardwell.evidence.operations.datasets import UnableToAddDataset, add_dataset
from wardwell.evidence.operations.keeping import UnableToKeep, keep_table
from wardwell.evidence.operations.receiving import UnableToReceive, receive, receive_in_place
from wardwell.evidence.operations.sweeping import Swept, UnableToSweep, sweep
from wardwell.evidence.operations.taking_in import Outcome, UnableToTakeIn, take_in

__all__ = [
    "Outcome",
    "Swept",
    "UnableToAddDataset",
    "UnableToKeep",
    "UnableToReceive",
    "UnableToSweep",
    "UnableToTakeIn",
    "add_dataset",
    "keep_table",
    "receive",
    "receive_in_place",
    "sweep",
    "take_in",
]
