"""The admin with our own site in it (see `admin_site`)."""

from django.contrib.admin.apps import AdminConfig


class NablaAdminConfig(AdminConfig):
    """Replaces `django.contrib.admin` in INSTALLED_APPS."""

    default_site = "courseapp.admin_site.NablaAdminSite"
