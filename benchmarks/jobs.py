"""B18: long acts beside twenty people at a human pace, against a real server.

What the worker takes of the processor for each act, how long who asked waits, and how long the others
wait meanwhile. SQLite: on a copy of the demonstration. PostgreSQL: on the demonstration itself, in which
the units of open years then enter again, and members bear other names until their load is undone.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from accounts.models import Role, User
from assessments.figures.indicators import INDICATORS
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member
from resolution03.lib.attachments import dump
from resolution03.lib.xlsx import Column, ListSheet

PORT, PEOPLE = 8932, 20
PACE = (3.0, 8.0)
CHANGED = 300
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def acts(runs: int) -> str:
    """A row for each kind of long act."""
    with _database() as url, _served(url) as told:
        Submission.objects.filter(year__state="open").update(state="in_progress")
        people = [_Person(number, told) for number in range(PEOPLE)]
        board = _Visitor(User.objects.filter(role=Role.BOARD).first(), told)
        admin = _Visitor(User.objects.filter(role=Role.ADMINISTRATOR).first(), told)
        time.sleep(sum(PACE))
        rows = {"nothing": _measured(lambda: time.sleep(20), told, url)}
        found = _acts(board, admin)
        for _ in range(runs):
            for name, act in found:
                rows[name] = rows.get(name, _Row()) + _measured(act, told, url)
        for person in people:
            person.is_over.set()
        for person in people:
            person.join(30)
        return _table(rows, told)


@dataclass
class Told:
    """What the people waited for: when they asked, how long, whether they saved; whatever must not be."""

    port: int
    waits: list[tuple[float, float, bool]] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


class _Visitor:
    """A signed-in browser."""

    def __init__(self, user: User, told: Told):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.user, self.told = user, told
        self.cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"

    def ask(self, method: str, address: str, body=None, kind: str = "application/x-www-form-urlencoded"):
        """Status, body, and the address that it leads to."""
        line = http.client.HTTPConnection("127.0.0.1", self.told.port, timeout=120)
        headers = {"Cookie": self.cookie, "X-CSRFToken": "a" * 32, "Content-Type": kind}
        line.request(method, address, body, headers)
        answer = line.getresponse()
        content, to = answer.read(), answer.headers["Location"] or ""
        line.close()
        if answer.status >= 400:
            self.told.bad.append(f"{answer.status} {method} {address}")
        return answer.status, content, to

    def post(self, address: str, data: dict | None = None):
        return self.ask("POST", address, urlencode(data or {}))

    def wait_for(self, answered) -> str:
        """Wait for the end of a job, if it became one; where it leads."""
        to = answered[2]
        if "/jobs/" not in to:
            return to
        while True:
            told = json.loads(self.ask("GET", f"{to}how-far/")[1])
            if told["ended"]:
                break
            time.sleep(0.3)
        if told["address"] == to:
            page = self.ask("GET", to)[1].decode()
            if f"{to}result/" not in page:
                raise SystemExit(f"a job failed: {page[page.find('<h1>') :][:2000]}")
        return self.ask("GET", f"{to}result/")[2]


class _Person(threading.Thread):
    """One of the others: opens a page or saves a row, every few seconds."""

    def __init__(self, number: int, told: Told):
        super().__init__(daemon=True)
        self.number = number
        roles = [Role.OFFICER, Role.OFFICER, Role.OFFICER, Role.BOARD, Role.VIEWER]
        users = User.objects.filter(role=roles[number % len(roles)]).order_by("pk")
        self.chance = random.Random(number)  # noqa: S311
        self.visitor = _Visitor(users[number % users.count()], told)
        self.is_over = threading.Event()
        self.pages, self.saves = self._pages(), self._saves()
        self.start()

    def _pages(self) -> list[Callable[[], object]]:
        year = RatingYear.objects.latest("pk").pk
        names = ["home", "registers:organization_list", "registers:village_list", "assessments:notices"]
        if self.visitor.user.role != Role.VIEWER:
            names.append("registers:member_list")
        found = [reverse(name) for name in names] + [reverse("assessments:province", args=[year])]
        return [lambda address=address: self.visitor.ask("GET", address) for address in found]

    def _saves(self) -> list[Callable[[], object]]:
        if self.visitor.user.role != Role.OFFICER:
            return []
        lines = OrganizationLine.objects.filter(
            year__state="open",
            kind="grassroots",
            unit=self.visitor.user.posting.organization_id,
        )
        line = lines.order_by("-year", "pk")[self.number]
        address = reverse("assessments:entry_save", args=[line.year_id, "grassroots"])
        state = {"version": line.version}

        def save() -> None:
            changes = {"decided": self.chance.choice(["HTNV", "HTTNV"])}
            body = json.dumps({"rows": [{"line": line.pk, "version": state["version"], "changes": changes}]})
            status, content, _to = self.visitor.ask("POST", address, body, "application/json")
            if status == 200:
                row = json.loads(content)["rows"][0]
                state["version"] = row.get("version", state["version"])

        return [save]

    def run(self) -> None:
        self.is_over.wait(self.chance.uniform(0, PACE[1]))
        while not self.is_over.is_set():
            is_save = bool(self.saves) and self.chance.random() < 0.5
            work, begin = self.chance.choice(self.saves if is_save else self.pages), time.monotonic()
            work()
            self.visitor.told.waits.append((begin, time.monotonic() - begin, is_save))
            self.is_over.wait(self.chance.uniform(*PACE))


def _acts(board: _Visitor, admin: _Visitor) -> list[tuple[str, Callable[[], object]]]:
    closed = RatingYear.objects.filter(state="closed").latest("pk").pk
    batch, book = {"address": ""}, _workbook()
    because = {"reason": "Đo thời gian"}

    def get(address: str) -> Callable[[], object]:
        return lambda: board.wait_for(board.ask("GET", address))

    def post(address: str, data: dict) -> Callable[[], object]:
        return lambda: board.wait_for(board.post(address, data))

    def plan() -> None:
        book.seek(0)
        body = encode_multipart(BOUNDARY, {"files": [book]})
        batch["address"] = board.wait_for(
            board.ask("POST", reverse("assessments:upload"), body, MULTIPART_CONTENT)
        )

    def apply() -> None:
        page = board.ask("GET", batch["address"])[1].decode()
        shown = page.split('name="plan"')[1].split('value="')[1].split('"')[0]
        board.wait_for(board.post(f"{batch['address']}apply/", {"plan": shown}))

    def undo() -> None:
        board.wait_for(board.post(f"{batch['address']}undo/"))

    def load() -> Iterator[tuple[str, Callable[[], object]]]:
        yield "plan of all members", plan
        yield "plan stored", apply
        yield "load undone", undo

    report = reverse("assessments:report", args=[closed, "steering-committee"])
    code = next(one.code for one in INDICATORS.values() if one.subject == Subject.MEMBER)
    names = reverse("assessments:drilldown", args=[closed, code])
    persons = reverse("assessments:person_report", args=[closed, "members-list"])
    return [
        ("list of organizations", get(f"{reverse('registers:organization_list')}?export=xlsx")),
        ("names behind a figure", get(f"{names}?part=met&format=xlsx")),
        ("list of members", post(persons, {"purpose": "Đo thời gian"})),
        ("whole report", get(report)),
        *load(),
        ("year reopened", post(reverse("assessments:year_reopen", args=[closed]), because)),
        ("year closed", post(reverse("assessments:year_close", args=[closed]), because)),
        ("backup", lambda: admin.wait_for(admin.post(reverse("assessments:backups")))),
    ]


def _workbook():
    """All members, the names of some of them changed."""
    rows = list(Member.objects.filter(left_on=None).order_by("pk").select_related("cell"))
    changed = {row.pk for row in rows[:CHANGED]}
    columns = (
        Column("Mã đảng viên", "code", 14),
        Column("Họ và tên", lambda row: row.full_name + (" Hai" if row.pk in changed else ""), 30),
        Column("Ngày kết nạp", lambda row: f"{row.admitted_on:%d/%m/%Y}", 14),
        Column("Mã chi bộ", "cell.code", 20),
    )
    return SimpleUploadedFile("members.xlsx", dump(ListSheet("Members", columns, rows)))


@dataclass(frozen=True)
class _Row:
    """Seconds of each run, and of each answer to the others meanwhile; saves apart."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)

    def __add__(self, more: "_Row") -> "_Row":
        names = ("seconds", "processor", "others", "saves")
        return _Row(*(getattr(self, name) + getattr(more, name) for name in names))


def _measured(act: Callable[[], object], told: Told, url: str) -> _Row:
    begin, used = time.monotonic(), _processor(url)
    act()
    end, processor = time.monotonic(), _processor(url) - used
    time.sleep(2.5)  # Who asked meanwhile is answered by now.
    waits = [(wait, is_save) for at, wait, is_save in told.waits if begin <= at + wait and at < end]
    saves = [wait for wait, is_save in waits if is_save]
    return _Row([end - begin], [processor], [wait for wait, _is_save in waits], saves)


def _processor(url: str) -> float:
    """Seconds of the processor that the workers of this database have taken, ended children included."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (folder / name for name in ("cmdline", "environ"))
            if (
                b"manage.py\0worker" not in command.read_bytes()
                or url.encode() not in environment.read_bytes()
            ):
                continue
            times = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
        except OSError:
            continue
        total += sum(map(int, times))
    return total / _TICK


@contextmanager
def _database() -> Iterator[str]:
    if connection.vendor != "sqlite":
        yield os.environ["DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        connection.close()
        connection.settings_dict["NAME"] = str(path)
        call_command("migrate", verbosity=0, interactive=False)
        yield f"sqlite:///{path}"
        connection.close()


@contextmanager
def _served(url: str) -> Iterator[Told]:
    """As README says: while saves wait, their threads do, and pages are served by others."""
    arguments = "--no-control-socket --workers 3 --threads 4 --timeout 120".split()
    arguments += ["-b", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", *arguments, "resolution03.wsgi"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"HTTPS": "off", "DATABASE_URL": url},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait()
        yield Told(PORT)
    finally:
        server.terminate()
        server.wait()


def _wait() -> None:
    for _ in range(60):
        try:
            line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not start")


def _table(rows: dict[str, _Row], told: Told) -> str:
    lines = [
        f"\nB18 long acts beside {PEOPLE} people, {connection.vendor}\n",
        "| act | waited for s | worker's processor s | others | median ms | p95 ms | saves | longest ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, row in rows.items():
        middle, nearly = (_at(row.others, part) for part in (0.5, 0.95))
        took = f"{max(row.seconds):.1f} | {max(row.processor):.1f}"
        others = f"{len(row.others)} | {middle} | {nearly} | {len(row.saves)} | {_at(row.saves, 1)}"
        lines.append(f"| {name} | {took} | {others} |")
    bad = f"Not answered as they should: {len(told.bad)} {sorted(set(told.bad))[:5]}"
    return "\n".join([*lines, "", bad])


def _at(waits: list[float], part: float) -> str:
    """Milliseconds at a part of the waits, from the shortest on."""
    found = sorted(waits)
    return f"{1000 * found[min(int(len(found) * part), len(found) - 1)]:.0f}" if found else "-"
