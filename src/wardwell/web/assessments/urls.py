"""Addresses of assessments: reading, writing, figures, review."""

from django.urls import path

from wardwell.web.assessments import figures, findings, from_saved, making, pages, review, starting, writing

ONE = "/<uuid:assessment_id>"
FINDING = f"{ONE}/findings/<uuid:finding_id>"
FIGURE = f"{ONE}/figures/<slug:slug>"

urlpatterns = [
    path("", pages.assessments, name="assessments"),
    path("/new", starting.new, name="assessment_new"),
    path(ONE, pages.assessment, name="assessment"),
    path(f"{ONE}/edit", writing.edit, name="assessment_edit"),
    path(f"{ONE}/items/<slug:code>/absence", writing.absence, name="absence"),
    path(f"{ONE}/items/<slug:code>/findings/new", findings.new, name="finding_new"),
    path(FINDING, findings.change, name="finding"),
    path(f"{FINDING}/move/<slug:way>", writing.move, name="finding_move"),
    path(f"{FINDING}/remove", writing.remove, name="finding_remove"),
    path(f"{FINDING}/restore", writing.restore, name="finding_restore"),
    path(f"{FINDING}/number", writing.number, name="finding_number"),
    path(f"{ONE}/figures/add", making.compute, name="figure_add"),
    path(f"{ONE}/figures/saved", from_saved.from_saved, name="figure_from_saved"),
    path(f"{ONE}/figures/cite", making.cite, name="figure_cite"),
    path(f"{ONE}/figures/estimate", making.estimate, name="figure_estimate"),
    path(f"{ONE}/figures/compute-again", making.compute_all_again, name="figures_compute_again"),
    path(FIGURE, figures.figure, name="assessment_figure"),
    path(f"{FIGURE}/picture.svg", figures.picture, name="assessment_figure_picture"),
    path(f"{FIGURE}/numbers.csv", figures.numbers, name="assessment_figure_numbers"),
    path(f"{FIGURE}/copy", figures.copy, name="assessment_figure_copy"),
    path(f"{FIGURE}/compute-again", making.compute_again, name="figure_compute_again"),
    path(f"{FIGURE}/leave", making.leave, name="figure_leave"),
    path(f"{FIGURE}/remove", making.remove, name="figure_remove"),
    path(f"{ONE}/submit", review.submit, name="assessment_submit"),
    path(f"{ONE}/return", review.give_back, name="assessment_return"),
    path(f"{ONE}/sign-off", review.sign_off, name="assessment_sign_off"),
    path(f"{ONE}/revise", review.revise, name="assessment_revise"),
]
