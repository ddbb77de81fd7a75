"""Changes to assessments: drafting, writing, figures, review and sign-off."""

from wardwell.assessment.operations.drafting import UnableToDraft, compute_again, draft, revise
from wardwell.assessment.operations.figures import (
    acknowledge_drift,
    add_figure,
    cite,
    estimate,
    recompute_figure,
    remove_figure,
)
from wardwell.assessment.operations.opening import UnableToAssess, UnableToSave
from wardwell.assessment.operations.questions import (
    UnableToSaveQuestion,
    remove_question,
    rename_question,
    restore_question,
    save_question,
)
from wardwell.assessment.operations.review import return_to_draft, sign_off, submit_for_review
from wardwell.assessment.operations.writing import (
    explain_absence,
    explain_number,
    move_finding,
    remove_finding,
    restore_finding,
    write_finding,
)

__all__ = [
    "UnableToAssess",
    "UnableToDraft",
    "UnableToSave",
    "UnableToSaveQuestion",
    "acknowledge_drift",
    "add_figure",
    "cite",
    "compute_again",
    "draft",
    "estimate",
    "explain_absence",
    "explain_number",
    "move_finding",
    "recompute_figure",
    "remove_figure",
    "remove_finding",
    "remove_question",
    "rename_question",
    "restore_finding",
    "restore_question",
    "return_to_draft",
    "revise",
    "save_question",
    "sign_off",
    "submit_for_review",
    "write_finding",
]
