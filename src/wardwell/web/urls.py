"""Every address of the web; the parts are mounted here and nowhere else."""

from django.urls import include, path

urlpatterns = [
    path("", include("wardwell.web.shell.urls")),
    path("", include("wardwell.web.home.urls")),
    path("partnerships/", include("wardwell.web.partnerships.urls")),
    path("people", include("wardwell.web.people.urls")),
    path("audit", include("wardwell.web.audit.urls")),
    path("evidence", include("wardwell.web.evidence.urls")),
    path("explorer", include("wardwell.web.explorer.urls")),
    path("assessments", include("wardwell.web.assessments.urls")),
    path("releases", include("wardwell.web.releases.urls")),
    path("partnerships/<slug:code>/documents", include("wardwell.web.published.urls")),
]
