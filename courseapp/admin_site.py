"""The admin: who gets in, by which door, and what its pages may load.

The theme's pages are driven by Alpine, which makes functions from attributes: they need 'unsafe-eval', and
'unsafe-inline' for style attributes alone. Both hold under /admin/ only, where nobody but staff comes, and
scripts and style sheets come from our own server there too; no inline script runs anywhere.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

POLICY = {"script-src": [SELF, UNSAFE_EVAL], "style-src-attr": [UNSAFE_INLINE]}


class NablaAdminSite(UnfoldAdminSite):
    """Sign-in is the site's own, with its rate limits; pages carry the policy above."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Every page of the admin passes here."""
        return csp_replace(POLICY)(super().admin_view(view, cacheable))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Without the theme's inline style sheet; static/admin-theme/nabla.css has the colours."""
        return {**super().each_context(request), "colors": None}

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in page; a student who is signed in is turned away."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response


class ReadOnlyAdmin(ModelAdmin):
    """Rows that are looked at, and written by actions alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes."""
        return False
