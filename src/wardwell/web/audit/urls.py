"""Addresses of the audit trail."""

from django.urls import path

from wardwell.web.audit import pages

urlpatterns = [
    path("", pages.trail, name="audit"),
    path(".csv", pages.trail_csv, name="audit_csv"),
]
