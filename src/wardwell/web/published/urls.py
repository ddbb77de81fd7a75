"""Public addresses of what a partnership has published."""

from django.urls import path

from wardwell.web.published import files, pages

ONE = "/<slug:reference>"

urlpatterns = [
    path("", pages.documents, name="published_documents"),
    path(ONE, pages.document, name="published_document"),
    path(f"{ONE}/figures/<slug:slug>", pages.figure, name="published_figure"),
    path(f"{ONE}/files/<path:name>", files.file, name="published_file"),
]
