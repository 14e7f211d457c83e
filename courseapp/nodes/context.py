"""What every page says about grading."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from courseapp.nodes import queries


def grading(request: HttpRequest) -> dict[str, Any]:
    """`grading` in templates; asked of the database only where a page uses it."""
    return {"grading": SimpleLazyObject(queries.grading_status)}
