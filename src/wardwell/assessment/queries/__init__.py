"""Questions about assessments: the list, one with everything about it, one figure, what a publication needs, what waits."""

from wardwell.assessment.queries.documents import DocumentView, SectionView, SourceView, document_of
from wardwell.assessment.queries.figures import (
    FigureView,
    LineageView,
    cited_copy,
    evidence_behind,
    figure,
    figures_of,
)
from wardwell.assessment.queries.questions import SavedQuestionView, saved_question, saved_questions
from wardwell.assessment.queries.reading import (
    AssessmentSummary,
    AssessmentView,
    FindingView,
    ItemView,
    Step,
    assessment,
    assessments,
)
from wardwell.assessment.queries.standing import standing_of
from wardwell.assessment.queries.waiting import Attention, needs_attention

__all__ = [
    "AssessmentSummary",
    "AssessmentView",
    "Attention",
    "DocumentView",
    "FigureView",
    "FindingView",
    "ItemView",
    "LineageView",
    "SavedQuestionView",
    "SectionView",
    "SourceView",
    "Step",
    "assessment",
    "assessments",
    "cited_copy",
    "document_of",
    "evidence_behind",
    "figure",
    "figures_of",
    "needs_attention",
    "saved_question",
    "saved_questions",
    "standing_of",
]
