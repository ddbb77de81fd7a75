"""Addresses of the front page."""

from django.urls import path

from wardwell.web.home import pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("home", pages.home, name="home"),
    path("home/partnership", pages.work_for, name="work_for"),
]
