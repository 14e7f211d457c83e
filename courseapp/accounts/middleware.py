"""Shows times in the reader's own zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware


@sync_and_async_middleware
def TimeZoneMiddleware(get_response: Callable[..., object]) -> Callable[..., object]:
    """Activate the time zone of a signed-in reader for the length of the request."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            with timezone.override(_zone(await request.auser())):
                return await get_response(request)  # type: ignore[misc]
    else:

        def middleware(request: HttpRequest) -> HttpResponseBase:  # type: ignore[misc]
            with timezone.override(_zone(request.user)):
                return get_response(request)  # type: ignore[return-value]

    return middleware


def _zone(user: object) -> ZoneInfo | None:
    name = getattr(user, "time_zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
