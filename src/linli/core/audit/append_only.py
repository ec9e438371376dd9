"""A migration step that makes a table refuse changes and deletions."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION linli_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON "{table}"
FOR EACH ROW EXECUTE FUNCTION linli_append_only()
"""


def append_only(table: str) -> RunPython:
    """Forbid UPDATE and DELETE on ``table`` in the database itself."""

    def forbid(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        template = _SQLITE
        if editor.connection.vendor == "postgresql":
            # Without parameters: % is the function's own here, not a placeholder.
            editor.execute(_POSTGRESQL_FUNCTION, params=None)
            template = _POSTGRESQL
        for verb in ("UPDATE", "DELETE"):
            editor.execute(template.format(table=table, verb=verb))

    def allow(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        suffix = f' ON "{table}"' if editor.connection.vendor == "postgresql" else ""
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{suffix}")

    return RunPython(forbid, allow)
