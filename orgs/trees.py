"""The tree as rows in the order of the office, each with its depth below the row it opens at."""

from datetime import date

from django.db.models import Count, Q

from orgs.models import Organization
from orgs.querysets import OrganizationQuerySet

WHOLE_BRANCH = 600


def branch(visible: OrganizationQuerySet, top: Organization) -> list[Organization]:
    """What exists today under `top`, parents before children; of the province only its units,
    each with how many stand below. Every row has `indent`, 1 for a child of `top`."""
    today = visible.existing_on(date.today()).exclude(pk=top.pk)
    if top.parent_id is None:
        below = Q(children__dissolved_on=None)
        rows = list(today.units().annotate(below=Count("children", filter=below)))
    else:
        rows = list(today.under(top).select_related("parent")[:WHOLE_BRANCH])
    return _in_tree_order(rows, top)


def _in_tree_order(rows: list[Organization], top: Organization) -> list[Organization]:
    by_parent: dict[int | None, list[Organization]] = {}
    for row in rows:
        by_parent.setdefault(row.parent_id, []).append(row)
    ordered: list[Organization] = []
    waiting = [(child, 1) for child in reversed(by_parent.get(top.pk, []))]
    while waiting:
        row, row.indent = waiting.pop()
        ordered.append(row)
        below = by_parent.get(row.pk, [])
        waiting += [(child, row.indent + 1) for child in reversed(below)]
    return ordered
