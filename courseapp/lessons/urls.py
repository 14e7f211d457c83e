"""The map, the lessons, and two pages of prose."""

from django.urls import path
from django.views.generic import TemplateView

from courseapp.lessons import views

urlpatterns = [
    path("", views.course_map, name="course_map"),
    path("units/<int:number>/", views.lesson, name="lesson"),
    path("grading/", TemplateView.as_view(template_name="lessons/how_graded.html"), name="how_graded"),
    path(
        "accessibility/",
        TemplateView.as_view(template_name="lessons/accessibility.html"),
        name="accessibility",
    ),
]
