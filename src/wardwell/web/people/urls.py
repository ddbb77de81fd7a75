"""Addresses of people and access."""

from django.urls import path

from wardwell.web.people import changes, explanation, pages

urlpatterns = [
    path("", pages.people, name="people"),
    path("/why", explanation.why, name="people_why"),
    path("/staff-session", changes.staff_session, name="staff_session"),
    path("/give", changes.give, name="give_access"),
    path("/<uuid:grant_id>/end", changes.end, name="end_access"),
]
