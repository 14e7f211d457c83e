from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "courseapp.grading"

    def ready(self) -> None:
        """Connect the worker's signals."""
        from courseapp.grading import worker  # noqa: F401
