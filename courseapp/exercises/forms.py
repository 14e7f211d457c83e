"""An exercise's files, each in a text area of its own, checked as the grader reads them."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

import grader
from courseapp.exercises.models import ExerciseVersion

ORDER = (
    "exercise.toml",
    "statement.md",
    "starter.py",
    "starter.txt",
    "reference.py",
    "baseline.py",
    "baseline.txt",
    "equivalents.toml",
)
REMOVABLE = "Leave it empty to remove the file."


class VersionForm(forms.ModelForm):  # type: ignore[type-arg] # Django's own takes none
    """The base of what `version_form` makes; `paths` names the file of each field."""

    paths: dict[str, str] = {}

    new_path = forms.CharField(
        required=False,
        label="Another file",
        help_text="A solution in solutions/, which exercise.toml declares; a baseline; or equivalents.toml.",
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "solutions/forgets_the_mean.py"}),
    )
    new_text = forms.CharField(
        required=False,
        strip=False,
        label="Its text",
        widget=UnfoldAdminTextareaWidget(attrs={"class": "code", "rows": 12, "spellcheck": "false"}),
    )

    class Meta:
        model = ExerciseVersion
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.immutable:
            for field in self.fields.values():
                field.disabled, field.help_text = True, ""

    @property
    def texts(self) -> dict[str, str]:
        """The files as the form has them."""
        sent = {path: self.cleaned_data.get(name, "") for name, path in self.paths.items()}
        sent[self.cleaned_data.get("new_path", "").strip()] = self.cleaned_data.get("new_text", "")
        plain = {path: text.replace("\r\n", "\n") for path, text in sent.items()}
        return {path: text for path, text in plain.items() if path and text.strip()}

    def clean(self) -> dict[str, Any]:
        """Let the grader read them; what it says stands at the file it names."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.instance.immutable:
            try:
                grader.exercise_from_files(self.texts)
            except grader.ExerciseError as error:
                self.add_error(self._field_of(str(error)), str(error))
        return cleaned

    def _field_of(self, sentence: str) -> str | None:
        named = sentence.split(":", maxsplit=1)[0]
        return next((name for name, path in self.paths.items() if path == named), None)


def version_form(version: ExerciseVersion) -> type[VersionForm]:
    """A form with a field for each file of this version."""
    paths = {f"file_{position}": path for position, path in enumerate(sorted(version.files, key=_rank))}
    fields = {name: _field(path, version.files[path]) for name, path in paths.items()}
    return type("FilesForm", (VersionForm,), {**fields, "paths": paths, "__module__": __name__})


def _rank(path: str) -> tuple[int, str]:
    return (ORDER.index(path) if path in ORDER else len(ORDER), path)


def _field(path: str, text: str) -> forms.CharField:
    rows = min(40, max(6, text.count("\n") + 2))
    return forms.CharField(
        label=path,
        initial=text,
        required=False,
        strip=False,
        help_text=REMOVABLE if _rank(path)[0] >= ORDER.index("baseline.py") else "",
        widget=UnfoldAdminTextareaWidget(attrs={"class": "code", "rows": rows, "spellcheck": "false"}),
    )
