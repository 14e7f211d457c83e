from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "courseapp.exercises"
