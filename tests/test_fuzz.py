"""Odd values in every address, query and form, as every role: nothing ends in a server error.

Some seconds long, a minute with --long or as FUZZ_SECONDS says; FUZZ_SEED tries other values.
"""

import json
import os
import random
import re
import time
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from traceback import extract_tb
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from accounts.models import Role
from assessments.registers.acts import ACTS
from assessments.rules.models.years import RatingYear
from tests.routes import Access, all_routes
from tests.test_walls import may_open
from tests.walls_world import places, user_with

SHORT, LONG = 8, 60
SEED = int(os.environ.get("FUZZ_SEED", "1"))
SLOW, SELDOM = 0.3, 0.95
ROOT = Path(__file__).resolve().parent.parent
# A backup is read by itself, which PostgreSQL does not do within the transaction of a test.
LEFT_OUT = {"accounts:sign_out", "assessments:backups"}
VALUES = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x01\x1f\x7f",
    "\ud800",
    "\udfff\ud800",
    "0",
    "-1",
    "1",
    "2",
    "9" * 30,
    "9" * 5_000,
    "[" * 5_000,
    "9" * 30 + "|1",
    "1|" + "9" * 5_000,
    "2025-01-01|1",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e309",
    "NaN",
    "-inf",
    "²",
    "٣",
    "1,5",
    "1.5",
    "+1",
    "1_000",
    "0x10",
    "31/02/2020",
    "00/00/0000",
    "2025-02-30",
    "9999-99-99",
    "99/9999",
    "31/12/0000",
    "x" * 5_000,
    "ắ" * 400,
    "[]",
    "{}",
    "null",
    "true",
    "on",
    "<script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00",
    "%",
    "\u202e\ufeff",
    "😀",
    "A/B",
    "x,y;z",
    "a\nb\rc",
    "2018",
    "HTTNV",
    "A",
    "A.X01",
    "a-b",
    "1-2-3",
    "o1",
    "m1",
    "o" + "9" * 25,
    "~41",
)
PATHS = (
    0,
    1,
    2,
    2**31,
    2**63,
    10**30,
    9999,
    "x",
    "\0",
    "A\0",
    "..",
    "~",
    "~00",
    "a b",
    "ắ" * 90,
    "é",
    "x" * 400,
    "%2F",
    "-",
)
FIELD = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"[^>]*""")
VALUE = re.compile(r'\bvalue="([^"]*)"')
ASKED = re.compile(r"[?&;]([a-zA-Z_]+)=")
READ = re.compile(r"""GET(?:\.get(?:list)?\(|\[)"(\w+)"|"(\w+)" in request\.GET""")
NAMES = {
    name
    for room in ("resolution03", "accounts", "orgs", "assessments")
    for path in (ROOT / room).rglob("*.py")
    for found in READ.findall(path.read_text("utf-8"))
    for name in found
    if name
} | {act.begin.parameter for act in ACTS if act.begin.parameter}
"""The names that the code reads out of a query."""
JSON = (
    None,
    0,
    "x",
    [],
    {},
    {"rows": None},
    {"rows": []},
    {"rows": [None]},
    {"rows": "x" * 9},
    {"rows": {"line": 1}},
    {"rows": [{"line": 10**30, "version": 0, "changes": {}}]},
    {"rows": [{"line": [], "version": {}, "changes": 1}]},
)
DEEP = '{"rows":' + "[" * 5_000


@contextmanager
def taken_back():
    """What is written inside is undone; a durable block may stand in it as in any test."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Fuzzer:
    """One role's walk over the addresses it may open, with values out of `VALUES`."""

    def __init__(self, client, place, routes, luck: random.Random):
        self.client, self.luck = client, luck
        self.routes = [(name, route.fill(place)) for name, route in routes.items()]
        self.forms: dict[str, tuple[set, dict]] = {}
        self.faults: dict[tuple, str] = {}
        self.took: dict[str, float] = {}
        self.asked = 0

    def run_until(self, end: float) -> None:
        while time.monotonic() < end:
            name, kwargs = self.luck.choice(self.routes)
            if self.took.get(name, 0) > SLOW and self.luck.random() < SELDOM:
                continue
            started = time.monotonic()
            ways = (self.path, self.query, self.query, self.form, self.form, self.body)
            self.luck.choice(ways)(name, kwargs)
            self.took[name] = time.monotonic() - started

    def path(self, name, kwargs) -> None:
        kwargs = dict(kwargs)
        if kwargs:
            wrong = self.luck.choice(list(kwargs))
            is_batch = isinstance(kwargs[wrong], UUID)
            kwargs[wrong] = UUID(int=0) if is_batch else str(self.luck.choice(PATHS))
        try:
            self.ask(name, "get", reverse(name, kwargs=kwargs))
        except NoReverseMatch:
            self.ask(name, "get", f"/{quote(str(self.luck.choice(PATHS)))}/")

    def query(self, name, kwargs) -> None:
        names, _fields = self.harvest(name, kwargs)
        known = sorted(names | NAMES)
        found = self.luck.choice((known, self.luck.sample(known, self.luck.randint(1, 3))))
        pairs = [f"{quote(one, safe='')}={self.odd()}" for one in found]
        self.ask(name, "get", f"{self.address(name, kwargs)}?{'&'.join(pairs)}")

    def form(self, name, kwargs) -> None:
        _names, fields = self.harvest(name, kwargs)
        wrong = self.luck.sample(sorted(fields), min(len(fields), self.luck.randint(1, 3)))
        pairs = [
            f"{quote(key, safe='')}={self.odd() if key in wrong else quote(text, safe='')}"
            for key, text in fields.items()
            for _time in range(self.luck.choice((1, 1, 1, 2, 0)))
        ] + [f"{self.odd()}={self.odd()}"]
        self.ask(
            name,
            "post",
            self.address(name, kwargs),
            data="&".join(pairs),
            content_type="application/x-www-form-urlencoded",
        )

    def body(self, name, kwargs) -> None:
        kind = self.luck.choice(("application/json", "multipart/form-data; boundary=x", "text/plain"))
        rows = {
            "rows": [
                {
                    "line": 1,
                    "version": self.luck.choice((0, "0", -1, 10**30, None)),
                    "changes": {
                        self.luck.choice(("decided", "reason", "note", "x")): self.luck.choice(VALUES)
                    },
                }
            ]
        }
        sent = self.luck.choice((*map(json.dumps, (*JSON, rows, rows)), DEEP))
        self.ask(name, "post", self.address(name, kwargs), data=sent, content_type=kind)

    def odd(self) -> str:
        return quote(self.luck.choice(VALUES), safe="", errors="surrogatepass")

    def address(self, name, kwargs) -> str:
        return reverse(name, kwargs=kwargs)

    def harvest(self, name, kwargs) -> tuple[set, dict]:
        """The names that the page's links and forms send, and the values that its fields hold."""
        if name not in self.forms:
            page = self.ask(name, "get", self.address(name, kwargs))
            text = ""
            if page is not None and not page.streaming and "html" in page.headers.get("Content-Type", ""):
                text = page.content.decode()
            fields = {}
            for found in FIELD.finditer(text):
                value = VALUE.search(found[0])
                fields.setdefault(unescape(found[1]), unescape(value[1]) if value else "")
            self.forms[name] = (set(ASKED.findall(text)) | set(fields), fields)
        return self.forms[name]

    def ask(self, name, method, address, **sent):
        """The answer; what it changed is taken back. A server error is kept with its place."""
        self.asked += 1
        try:
            with taken_back():
                answer = getattr(self.client, method)(address, **sent)
        except Exception as error:  # noqa: BLE001 the client raises what the page raised
            told = f"{method} {address[:200]} {str(sent)[:300]}: {str(error)[:200]}"
            self.faults.setdefault((name, type(error).__name__, _place(error)), told)
            return None
        if answer.status_code >= 500:
            self.faults.setdefault((name, answer.status_code), f"{method} {address[:200]} {str(sent)[:300]}")
        return answer


def _place(error: Exception) -> str:
    """The last line of our own code on the way to the error."""
    ours = [one for one in extract_tb(error.__traceback__) if one.filename.startswith(str(ROOT))]
    own = [one for one in ours if ".venv" not in one.filename]
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}"


def test_nul_is_at_no_address_and_in_nothing_that_is_sent(client_of, world):
    """PostgreSQL refuses it in any statement; cookies are unquoted, and so may hold one as well."""
    alpha, _beta = places(world)
    user = user_with(Role.BOARD, world)
    client = client_of(user)
    for name, route in all_routes().items():
        if may_open(Role.BOARD, route) and name not in LEFT_OUT:
            address = reverse(name, kwargs=route.fill(alpha))
            asked = "&".join(f"{one}=a%00b" for one in sorted(NAMES))
            assert client.get(f"{address}?{asked}").status_code == 400, name
            assert client.post(address, {"x": "a\0b"}).status_code == 400, name
            assert client.post(address, {"a\0b": "x"}).status_code == 400, name
    for address in ("/%00", "/members/%00/", "/offices/A%00/", "/years/2018/units/A%00/"):
        assert client.get(address).status_code == 404, address
    client.cookies["sessionid"] = client.cookies["language"] = "a\0bcdefghijkl"
    assert client.get("/members/").status_code == 302


@pytest.mark.long
@pytest.mark.once
def test_what_is_too_long_for_a_number_or_too_deep_to_be_read_is_no_server_error(client_of, world):
    """Python takes no number of 5.000 digits, and no JSON of 5.000 brackets within each other."""
    alpha, _beta = places(world)
    left = {name: route for name, route in all_routes().items() if name not in LEFT_OUT}
    for role in Role:
        own = {
            name: left.pop(name)
            for name, route in [*left.items()]
            if may_open(role, route) or route.needs is Access.OWNED
        }
        walk = Fuzzer(client_of(user_with(role, world)), alpha, own, random.Random())
        for name, kwargs in walk.routes:
            address = reverse(name, kwargs=kwargs)
            asked = "&".join(f"{one}={'9' * 5_000}" for one in sorted(NAMES))
            walk.ask(name, "get", f"{address}?{asked}")
            _names, fields = walk.harvest(name, kwargs)
            walk.ask(name, "post", address, data=dict.fromkeys(fields, "[" * 5_000))
            walk.ask(name, "post", address, data=DEEP, content_type="application/json")
        assert not walk.faults, "\n".join(f"{key}: {told[:300]}" for key, told in walk.faults.items())
    assert not left


def test_nothing_sent_ends_in_a_server_error(client_of, world, settings, tmp_path, pytestconfig):
    settings.VAR_DIR = tmp_path
    seconds = float(os.environ.get("FUZZ_SECONDS", LONG if pytestconfig.option.long else SHORT))
    alpha, _beta = places(world)
    routes = {name: route for name, route in all_routes().items() if name not in LEFT_OUT}
    begin, faults, asked = time.monotonic(), {}, 0
    for number, role in enumerate(Role, start=1):
        own = {name: route for name, route in routes.items() if may_open(role, route)}
        walk = Fuzzer(client_of(user_with(role, world)), alpha, own, random.Random(f"{SEED} {role}"))
        for year in RatingYear.objects.all():
            RatingYear.objects.filter(pk=year.pk).update(revision=year.revisions.count())
        walk.run_until(begin + seconds * number / len(Role))
        faults |= walk.faults
        asked += walk.asked
    assert not faults, "\n".join(f"{key}: {told}" for key, told in faults.items())
    assert asked > seconds
