"""Who walks: nobody, a user of each role, and three of them in English."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from sameness.walking import Walk

OBJECTS, VARIANTS, MOST = 2, 2, 1200
FEW = 200


@dataclass(frozen=True)
class Walker:
    name: str
    username: str = ""
    language: str = "vi"
    most: int = MOST

    def walk(self, names: list[str] | None = None) -> Walk:
        client = Client(raise_request_exception=False)
        client.cookies.load(_signed_in.get(self.username, {}) | {"language": self.language})
        objects = OBJECTS if self.most == MOST else 1
        names = route_names() if names is None else names
        return Walk(client, names, objects=objects, variants=VARIANTS, most=self.most)


_signed_in: dict[str, dict[str, str]] = {}
WALKERS = [
    Walker("board", "bantochuc"),
    Walker("officer-tp", "canbo.tp"),
    Walker("officer-ih", "canbo.ih"),
    Walker("viewer", "theodoi"),
    Walker("clerk-tp", "nhaplieu.tp.x01"),
    Walker("clerk-ih", "nhaplieu.ih"),
    Walker("administrator", "quantri"),
    Walker("board-en", "bantochuc", "en", FEW),
    Walker("officer-en", "canbo.tm", "en", FEW),
    Walker("clerk-en", "nhaplieu.tp.x01", "en", FEW),
    Walker("administrator-en", "quantri", "en", FEW),
    Walker("nobody"),
]


def _account(username: str):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=username)


def prepare() -> None:
    """A clerk in a second district; everybody signed in, once, without a one-time password."""
    _add_clerk()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET must_change_password = %s, language = %s", [False, ""])
    for username in sorted({walker.username for walker in WALKERS} - {""}):
        client = Client()
        client.force_login(_account(username), backend="django.contrib.auth.backends.ModelBackend")
        _signed_in[username] = {name: cookie.value for name, cookie in client.cookies.items()}


def _add_clerk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_user WHERE username = %s", ["nhaplieu.ih"])
        if cursor.fetchone():
            return
    clerk = _account("nhaplieu.tp.x01")
    clerk.pk, clerk.username = None, "nhaplieu.ih"
    clerk.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orgs_posting (user_id, organization_id) SELECT %s, MIN(c.organization_id) "
            "FROM orgs_placement c JOIN orgs_posting o ON o.organization_id = c.parent_id "
            "JOIN accounts_user u ON u.id = o.user_id WHERE u.username = %s",
            [clerk.pk, "canbo.ih"],
        )


def route_names(patterns=None, prefix: str = "") -> list[str]:
    """All names of the URLconf, with their namespaces."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{prefix}{pattern.name}")
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found += route_names(pattern.url_patterns, inner)
    return sorted(set(found))


def samples(names: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, frozenset[str]]]:
    """For each route that anybody met: its name, its first address, who met it."""
    found = {}
    for walker, met in names.items():
        for name, addresses in met.items():
            _address, who = found.get(name, ("", set()))
            found[name] = (min(filter(None, [_address, *addresses])), who | {walker})
    return [(name, address, frozenset(who)) for name, (address, who) in sorted(found.items())]


def unmet(met, walker: str) -> list[str]:
    return [address for _name, address, who in met if walker not in who]
