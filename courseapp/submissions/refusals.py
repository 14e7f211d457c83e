"""What the site answers when it turns something down, and how it reads what was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courseapp.errors import Refused, TooMany


def sent_source(request: HttpRequest) -> str:
    """The code in a form, with the line ends that Python wants; browsers send CRLF."""
    return request.POST.get("source", "").replace("\r\n", "\n").replace("\r", "\n")


def refused_status(refusal: Refused) -> int:
    """Too many requests, or a request that cannot be served as it is."""
    return 429 if isinstance(refusal, TooMany) else 422


def refused(request: HttpRequest, refusal: Refused, *, back: str) -> HttpResponse:
    """The sentence beside the buttons, or on a page of its own without scripts."""
    context = {"sentence": str(refusal), "back": back}
    if getattr(request, "htmx", False):
        response = render(request, "submissions/_refused.html", context, status=refused_status(refusal))
        response["HX-Retarget"] = "#refusal"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "submissions/refused.html", context, status=refused_status(refusal))
