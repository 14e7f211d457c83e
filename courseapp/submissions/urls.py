"""A submission: its page, its panel while it is graded, and a lesson's fragments."""

from django.urls import path

from courseapp.submissions import views

urlpatterns = [
    path("submissions/<uuid:submission_id>/", views.submission, name="submission"),
    path("submissions/<uuid:submission_id>/panel", views.panel, name="submission_panel"),
    path("submissions/<uuid:submission_id>/events", views.events, name="submission_events"),
    path("submissions/<uuid:submission_id>/diff", views.diff, name="submission_diff"),
    path("submissions/<uuid:submission_id>/source", views.source, name="submission_source"),
    path("submissions/<uuid:submission_id>/restore", views.restore, name="submission_restore"),
    path("submissions/<uuid:submission_id>/bundle", views.bundle, name="submission_bundle"),
    path("submissions/<uuid:submission_id>/bundle.zip", views.bundle_zip, name="submission_bundle_zip"),
    path("fragments/run", views.run_fragment, name="run_fragment"),
    path("races/entrants", views.entrants, name="entrants"),
    path("races/run", views.run_race, name="run_race"),
]
