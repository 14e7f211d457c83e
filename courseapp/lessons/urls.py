"""The map, the lessons, the taster, and two pages of prose."""

from django.urls import path
from django.views.generic import TemplateView

from courseapp.lessons import views

urlpatterns = [
    path("", views.course_map, name="course_map"),
    path("units/<int:number>/", views.lesson, name="lesson"),
    path("taster/", views.taster, name="taster"),
    path("grading/", TemplateView.as_view(template_name="lessons/how_graded.html"), name="how_graded"),
    path(
        "accessibility/",
        TemplateView.as_view(template_name="lessons/accessibility.html"),
        name="accessibility",
    ),
]
