"""The database itself refuses to change what has been published or graded.

A later migration that rebuilds this table on SQLite drops the trigger; it must run `INSTALL` again
(tests/courseapp/exercises/test_actions.py notices).
"""

from typing import Any

from django.db import migrations

TABLE, TRIGGER = "exercises_exerciseversion", "immutable_version"
MESSAGE = "a published or graded version is immutable"
FIXED = ("exercise_id", "number", "files", "digest")

SQLITE = f"""
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE}
WHEN (OLD.graded OR OLD.state <> 'draft') AND (
    {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)}
    OR NEW.state = 'draft' AND OLD.state <> 'draft' OR OLD.graded AND NOT NEW.graded
)
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW
WHEN ((OLD.graded OR OLD.state <> 'draft') AND (
    {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)}
    OR NEW.state = 'draft' AND OLD.state <> 'draft' OR OLD.graded AND NOT NEW.graded
))
EXECUTE FUNCTION {TRIGGER}()
"""
INSTALL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVE = {
    "sqlite": f"DROP TRIGGER {TRIGGER}",
    "postgresql": f"DROP TRIGGER {TRIGGER} ON {TABLE}; DROP FUNCTION {TRIGGER}()",
}


def install(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(INSTALL[schema_editor.connection.vendor], params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(REMOVE[schema_editor.connection.vendor], params=None)


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
