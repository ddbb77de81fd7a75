"""Questions about releases: what is out, one with everything about it, its files, where a number comes from, what waits."""

from wardwell.publication.queries.files import OutputFile, body_html, output
from wardwell.publication.queries.origins import FigureOrigin, OriginFile, figure_origin
from wardwell.publication.queries.releases import (
    FigureSummary,
    Notice,
    OutputView,
    ReleaseSummary,
    ReleaseView,
    Step,
    published,
    publishing,
    release,
    releases,
)
from wardwell.publication.queries.waiting import Attention, needs_attention, not_yet_out
from wardwell.publication.verification import NoSuchRelease, Verdict, Verification, verification_of

__all__ = [
    "Attention",
    "FigureOrigin",
    "FigureSummary",
    "NoSuchRelease",
    "Notice",
    "OriginFile",
    "OutputFile",
    "OutputView",
    "ReleaseSummary",
    "ReleaseView",
    "Step",
    "Verdict",
    "Verification",
    "body_html",
    "figure_origin",
    "needs_attention",
    "not_yet_out",
    "output",
    "published",
    "publishing",
    "release",
    "releases",
    "verification_of",
]
