"""Addresses of releases, for those who make and check them."""

from django.urls import path

from wardwell.web.releases import checking, pages, publishing

urlpatterns = [
    path("", pages.releases, name="releases"),
    path("/publish/<uuid:assessment_id>", publishing.publish, name="publish"),
    path("/<slug:reference>", pages.release, name="release"),
    path("/<slug:reference>/verify", checking.verify, name="release_verify"),
    path("/<slug:reference>/withdraw", checking.withdraw, name="release_withdraw"),
]
