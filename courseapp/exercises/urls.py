"""The exercise page and what its editor sends."""

from django.urls import path

from courseapp.exercises import views

urlpatterns = [
    path("<slug:slug>/", views.exercise, name="exercise"),
    path("<slug:slug>/hints", views.hints, name="hints"),
    path("<slug:slug>/submit", views.submit, name="submit"),
    path("<slug:slug>/run", views.run, name="run"),
    path("<slug:slug>/draft", views.draft, name="draft"),
]
