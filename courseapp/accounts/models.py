"""People."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A student, an instructor or an operator."""

    time_zone = models.CharField(max_length=64, blank=True, help_text="An IANA name; empty means the site's.")
