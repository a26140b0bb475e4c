"""The Board's groups of units, by which tables of units are folded."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from assessments.rules.models.groups import UnitGroup

T = TypeVar("T")


def groups_of(user) -> dict[int, str]:
    """Unit → name of its group, of the units that the user sees; one query."""
    return dict(UnitGroup.objects.visible_to(user).values_list("unit_id", "name"))


def folded(items: Iterable[T], name_of: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """The items by group, groups in the order of their first item, what is in none last (``""``)."""
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(name_of(item), []).append(item)
    return sorted(found.items(), key=lambda group: not group[0])
