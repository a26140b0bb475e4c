"""Which database the demonstration may fill: an empty one, or one that it marked itself."""

from collections.abc import Iterable
from enum import Enum

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from assessments.rules import reference
from assessments.rules.reference_counts import install_counts
from orgs.models import Installation

_ROOMS = ("accounts", "orgs", "members", "assessments")
_REFERENCE = {
    "scheme",
    "level",
    "reading",
    "reading_levels",
    "target",
    "cap",
    "term",
    "targetset",
    "unratedreason",
    "countcheck",
    "activity",
    "dataversion",
}
_KEPT = ("django_migrations", "django_content_type", "auth_permission")


class State(Enum):
    EMPTY = "empty"
    MARKED = "marked"
    OTHER = "other"


def state() -> State:
    """What the database holds; looks only, also before it is migrated."""
    tables = set(connection.introspection.table_names())
    if Installation._meta.db_table in tables and _is_marked():
        return State.MARKED
    if tables and "django_migrations" not in tables:
        return State.OTHER
    return State.OTHER if any(_has_rows(table) for table in _own_tables() if table in tables) else State.EMPTY


def _is_marked() -> bool:
    return Installation.objects.filter(is_demonstration=True).exists()


def _own_tables() -> Iterable[str]:
    """Tables that hold what an office entered; reference rows come with `migrate`."""
    for room in _ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            if model._meta.model_name not in _REFERENCE and "_levels" not in model._meta.db_table:
                yield model._meta.db_table


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def prepare() -> None:
    """Let SQLite keep the pages of the one large transaction in memory (200 MB at most)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -200000")  # in KiB


def _children_first() -> list[str]:
    """Every table after those that refer to it, so that nothing is looked for in vain."""
    waiting = set(apps.get_models(include_auto_created=True))
    ordered = []
    while waiting:
        referred = {
            field.related_model
            for model in waiting
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is not model
        }
        free = sorted(waiting - referred, key=lambda model: model._meta.label) or list(waiting)
        ordered += [model._meta.db_table for model in free]
        waiting -= set(free)
    return ordered


def empty() -> None:
    """Remove every row and put the reference rows back; call it only on a marked database."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    ordered = [table for table in _children_first() if table in tables]
    removed = [table for table in ordered if table not in _KEPT]
    statements = connection.ops.sql_flush(no_style(), removed, reset_sequences=True, allow_cascade=False)
    connection.ops.execute_sql_flush(statements)
    reference.install(apps)
    reference.install_target_sets(apps)
    reference.install_issuers(apps)
    reference.renew_caps(apps)
    reference.install_reasons(apps)
    install_counts(apps)
