"""Who may do what, said in the form that the asker understands: a page, a swapped part, or a script."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from courseapp.accounts.models import User

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Send everybody else to sign in; a script is told so in a sentence."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"sentence": "Sign in to run code; reading needs no account."}, status=401)
        came_from = request.headers.get("HX-Current-URL") or request.META.get("HTTP_REFERER") or ""
        back = "/" + came_from.split("/", 3)[3] if came_from.count("/") > 2 else "/"
        address = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)

    return guarded


def reader(request: HttpRequest) -> User | AnonymousUser:
    """Whoever asks, signed in or not."""
    return request.user


def student(request: HttpRequest) -> User:
    """The signed-in user behind a guarded view."""
    return cast("User", request.user)
