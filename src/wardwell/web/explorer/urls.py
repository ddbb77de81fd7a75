"""Addresses of the explorer."""

from django.urls import path

from wardwell.web.explorer import files, pages, saved, wards

urlpatterns = [
    path("", pages.explorer, name="explorer"),
    path("/saved", saved.saved, name="explorer_saved"),
    path("/saved/new", saved.save, name="explorer_save"),
    path("/saved/<uuid:question_id>", saved.one, name="explorer_saved_one"),
    path("/saved/<uuid:question_id>/remove", saved.remove, name="explorer_saved_remove"),
    path("/saved/<uuid:question_id>/restore", saved.restore, name="explorer_saved_restore"),
    path("/wards", wards.wards, name="explorer_wards"),
    path("/wards/<slug:code>", wards.ward, name="explorer_ward"),
    path("/boundaries/<slug:district>/<slug:level>.geojson", files.boundaries, name="explorer_boundaries"),
    path("/<slug:name>-with-notes.svg", files.drawing, {"ending": "svg"}, name="explorer_drawing"),
    path("/<slug:name>.svg", files.picture, name="explorer_picture"),
    path("/<slug:name>.png", files.drawing, {"ending": "png"}, name="explorer_image"),
    path("/<slug:name>.xlsx", files.book, name="explorer_workbook"),
    path("/<slug:name>.csv", files.table, name="explorer_csv"),
    path("/<slug:name>.csv-metadata.json", files.metadata, name="explorer_metadata"),
]
