from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "courseapp.lessons"
