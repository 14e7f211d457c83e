"""Serves static files: collected ones in production, the sources themselves where nothing was collected."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

Response = HttpResponse | Awaitable[HttpResponse]


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise for ASGI: no thread for the views behind it, and a file's bytes are sent as one body.

    WhiteNoise's own response is an open file, which Django would read in a thread, chunk by chunk, with a
    warning. Ours are a few hundred kilobytes at most.
    """

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Response]) -> None:
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Response:
        """The file at this address, or what comes next."""
        if not request.path_info.startswith(self.static_prefix):
            response: Response = self.get_response(request)
        elif iscoroutinefunction(self):
            response = self._serve_async(request)
        else:
            response = super().__call__(request)
        return response

    async def _serve_async(self, request: HttpRequest) -> HttpResponse:
        found: Response = super().__call__(request)
        return await found if isinstance(found, Awaitable) else found

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """The whole file, with the headers that WhiteNoise gives it."""
        found = static_file.get_response(request.method, request.META)
        with found.file or BytesIO() as file:  # no file: an answer to HEAD, or 304
            response = HttpResponse(file.read(), status=int(found.status))
        del response["content-type"]
        for name, value in found.headers:
            response[name] = value
        return response
