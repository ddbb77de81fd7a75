"""Addresses of the explorer."""

from django.urls import path

from wardwell.web.explorer import files, pages

urlpatterns = [
    path("", pages.explorer, name="explorer"),
    path("/boundaries/<slug:district>/<slug:level>.geojson", files.boundaries, name="explorer_boundaries"),
    path("/<slug:name>.svg", files.picture, name="explorer_picture"),
    path("/<slug:name>.csv", files.table, name="explorer_csv"),
    path("/<slug:name>.csv-metadata.json", files.metadata, name="explorer_metadata"),
]
