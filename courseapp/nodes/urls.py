"""The operators' page."""

from django.urls import path

from courseapp.nodes import views

urlpatterns = [path("", views.nodes, name="nodes")]
