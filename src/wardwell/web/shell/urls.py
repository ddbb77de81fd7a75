"""Addresses of the shell's own pages."""

from django.urls import path, re_path

from wardwell.web.shell import pages

urlpatterns = [
    re_path(r"^identity/(?P<colour>[0-9a-f]{6})\.css$", pages.identity_sheet, name="identity_sheet"),
    path("accessibility", pages.accessibility, name="accessibility"),
]
