"""Addresses of the public pages."""

from django.urls import path

from wardwell.web.partnerships import pages

urlpatterns = [
    path("", pages.partnerships, name="partnerships"),
    path("<slug:code>", pages.partnership, name="partnership"),
]
