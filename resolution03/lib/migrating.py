"""What migrations need beyond Django's operations."""


def check_at_once(apps, schema_editor) -> None:
    """For RunPython: let no check wait for the end of the transaction. A restored copy is migrated in the one
    that filled it, and PostgreSQL alters no table with checks under way; Django's own `check_constraints`
    leaves them waiting."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
