"""Every address of the site; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

from courseapp import health

urlpatterns = [
    path("", include("courseapp.lessons.urls")),
    path("exercises/", include("courseapp.exercises.urls")),
    path("", include("courseapp.submissions.urls")),
    path("nodes/", include("courseapp.nodes.urls")),
    path("account/", include("courseapp.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]
