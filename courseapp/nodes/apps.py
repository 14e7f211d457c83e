from django.apps import AppConfig


class NodesConfig(AppConfig):
    name = "courseapp.nodes"
