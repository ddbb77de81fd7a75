"""Every address of the web; the parts are mounted here and nowhere else."""

from django.urls import include, path

urlpatterns = [
    path("", include("wardwell.web.shell.urls")),
]
