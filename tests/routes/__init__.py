"""Who may open which address: one module a page group, each with a dict ROUTES.

A page helper adds a line for each view name; `tests/test_walls.py` fails for a
name that is missing here, and walks all of them as nobody, as every role and as
the officer of another unit.

    ROUTES = {
        "orgs:organization": Route(Permission.VIEW_ORGANIZATIONS, lambda at: {"pk": at.commune.pk}),
    }
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules

from accounts.permissions import Permission


class Access(Enum):
    OPEN = "without signing in"
    SIGNED_IN = "every role"
    OWNED = "who asked for it, nobody else"


@dataclass(frozen=True)
class Route:
    """What a role needs to open a view, and how to fill its address.

    `fill` gets a place (`tests.walls_world.Place`) and gives the kwargs of the
    address; where they differ between two units, the other unit's must be 404.
    """

    needs: Permission | Access
    fill: Callable[[object], dict] = lambda at: {}


def all_routes() -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for module in iter_modules(__path__):
        routes |= import_module(f"{__name__}.{module.name}").ROUTES
    return routes
