"""What is done with accounts outside sign-up."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from courseapp.accounts.models import User

INSTRUCTORS = "instructors"
AUTHORING = {
    "lessons": ["view_unit", "change_unit", "view_lesson", "change_lesson", "add_lesson"],
    "exercises": [
        "view_exercise",
        "change_exercise",
        "view_exerciseversion",
        "add_exerciseversion",
        "change_exerciseversion",
        "view_gaterun",
    ],
    "submissions": ["view_submission"],
    "grading": ["view_verdict"],
    "nodes": ["view_node"],
}


@transaction.atomic
def ensure_account(*, username: str, password: str, instructor: bool = False) -> User:
    """An account with this name and password; made if it is not there."""
    user, _ = User.objects.get_or_create(username=username)
    user.is_staff = instructor
    if not user.check_password(password):  # a new hash would end the sessions that this one began
        user.set_password(password)
    user.save()
    if instructor:
        user.groups.add(instructors())
    return user


def instructors() -> Group:
    """The group of instructors, with exactly the permissions that authoring takes."""
    group, _ = Group.objects.get_or_create(name=INSTRUCTORS)
    codes = [(app, code) for app, names in AUTHORING.items() for code in names]
    permissions = [Permission.objects.get(content_type__app_label=app, codename=code) for app, code in codes]
    group.permissions.set(permissions)
    return group
