"""Shows times in the reader's own zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware


@sync_and_async_middleware
def TimeZoneMiddleware(get_response: Callable[..., Any]) -> Callable[..., object]:
    """Activate the time zone of a signed-in reader for the length of the request."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            with timezone.override(_zone(await request.auser())):
                response: HttpResponseBase = await get_response(request)
                return response
    else:

        def middleware(request: HttpRequest) -> HttpResponseBase:  # type: ignore[misc]
            with timezone.override(_zone(request.user)):
                response: HttpResponseBase = get_response(request)
                return response

    return middleware


def _zone(user: object) -> ZoneInfo | None:
    name = getattr(user, "time_zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
