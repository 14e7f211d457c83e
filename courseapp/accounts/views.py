"""The account page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, password and sign-out in one place."""
    return render(request, "account/account.html", {"section": "account"})
