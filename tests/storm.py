"""Twenty people at once against a real server, commands beside them: what became of it.

`Storm` works on the database of the test; `main` by hand on any other that may be spoiled:
`DATABASE_URL=… manage.py shell --settings tests.settings -c "from tests.storm import main; main(60)"`.
"""

import http.client
import io
import json
import re
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from accounts.models import Role
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearState
from members.models import Member
from orgs.models import Organization
from tests import factories
from tests.at_once import process

LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")


@dataclass
class Told:
    """What everybody heard: answers by kind of work and status, and whatever must not be."""

    answers: Counter = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def statuses(self) -> Counter:
        found = Counter()
        for (_work, status), count in self.answers.items():
            found[status] += count
        return found


class Visitor:
    """A signed-in browser: its session, and the addresses that it asks for."""

    def __init__(self, port: int, user, work: str, told: Told):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.port, self.user, self.work, self.told = port, user, work, told
        self.cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"

    def ask(self, method: str, address: str, body=None, kind: str = "") -> tuple[int, str, str]:
        """Status, body and the address that it leads to."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=110)
        headers = {"Cookie": self.cookie, "X-CSRFToken": "a" * 32}
        try:
            line.request(method, address, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = line.getresponse()
            text, to = answer.read().decode("utf-8", "replace"), answer.headers["Location"] or ""
        finally:
            line.close()
        self.told.answers[self.work, answer.status] += 1
        if answer.status >= 500:
            self.told.bad.append(f"{answer.status} {method} {address}")
        return answer.status, text, to

    def get(self, address: str) -> tuple[int, str, str]:
        return self.ask("GET", address)

    def post(self, address: str, data) -> tuple[int, str, str]:
        body = urlencode(data, doseq=True)
        return self.ask("POST", address, body, "application/x-www-form-urlencoded")

    def send(self, address: str, rows: list[dict]) -> list[dict]:
        """Rows of a grid; what each became, nothing where the page was refused."""
        body = json.dumps({"rows": rows})
        status, text, _to = self.ask("POST", address, body, "application/json")
        return json.loads(text)["rows"] if status == 200 else []


class Storm:
    """The people of an open year and their works; each work is called again until time is up."""

    def __init__(self, port: int, year: int, seconds: float):
        self.port, self.year, self.until = port, year, time.monotonic() + seconds
        self.told = Told()
        self.board = self._user(Role.BOARD, Organization.objects.get(parent=None))
        self.units = list(Organization.objects.filter(parent__parent=None, parent__isnull=False)[:4])
        self.works: list[Callable[[Random], None]] = []

    def _user(self, role: str, place: Organization):
        return factories.user(role, place, username=f"storm-{role}-{time.time_ns()}")

    def _visitor(self, user, work: str) -> Visitor:
        return Visitor(self.port, user, work, self.told)

    def officers_save(self, count: int) -> None:
        """Rows of organizations, one by one or a few at once."""
        address = reverse("assessments:entry_save", args=[self.year, "grassroots"])
        for number in range(count):
            unit = self.units[number % len(self.units)]
            lines = OrganizationLine.objects.filter(year=self.year, unit=unit, kind="grassroots")
            pks, versions = list(lines.values_list("pk", flat=True)), Counter()
            visitor = self._visitor(self._user(Role.OFFICER, unit), "grid")

            def save(chance: Random, visitor=visitor, pks=pks, versions=versions) -> None:
                rows = [
                    {"line": pk, "version": versions[pk], "changes": {"decided": chance.choice(LEVELS)}}
                    for pk in chance.sample(pks, min(len(pks), chance.choice((1, 1, 3))))
                ]
                for row in visitor.send(address, rows):
                    versions[row["line"]] = row.get("version", versions[row["line"]])

            self.works.append(save)

    def registers_change(self, count: int) -> None:
        """Members are corrected and go between the cells of their unit, where workbooks come, too."""
        for number in range(count):
            unit = self.units[-1 - number % len(self.units)]
            members = list(Member.objects.filter(cell__path__startswith=unit.path, left_on=None)[:200])
            cells = list(Organization.objects.filter(path__startswith=unit.path, form="cell")[:20])
            visitor = self._visitor(self._user(Role.OFFICER, unit), "register")

            def correct(chance: Random, visitor=visitor, members=members, cells=cells) -> None:
                member = chance.choice(members)
                visitor.post(
                    f"/members/{member.pk}/correct/",
                    {
                        "code": member.code,
                        "full_name": f"{member.full_name} {chance.choice('abc')}",
                        "cell": chance.choice(cells).code,
                        "admitted_on": "1/1/2010",
                    },
                )

            self.works.append(correct)

    def workbooks_come(self, count: int) -> None:
        """A list of members and their organizations' ratings, planned, looked at and confirmed; of a
        unit whose year the Board holds the members alone, who go to other cells."""
        for number in range(count):
            unit = self.units[-1 - number % len(self.units)]
            codes = list(
                OrganizationLine.objects.filter(year=self.year, unit=unit, kind="grassroots").values_list(
                    "code", flat=True
                )[:5]
            )
            members = list(
                Member.objects.filter(cell__path__startswith=unit.path, left_on=None).values_list(
                    "code", "full_name", "admitted_on", "cell__code"
                )[:30]
            )
            cells: list[str] = []
            if Submission.objects.get(year=self.year, unit=unit).is_locked:
                codes, cells = [], sorted({cell for *_person, cell in members})
            visitor = self._visitor(self._user(Role.OFFICER, unit), "workbook")

            def load(chance: Random, visitor=visitor, codes=codes, members=members, cells=cells) -> None:
                file = _workbook(self.year, codes, members, chance, cells)
                _status, _text, to = visitor.ask(
                    "POST",
                    reverse("assessments:upload"),
                    encode_multipart(BOUNDARY, {"files": [file]}),
                    MULTIPART_CONTENT,
                )
                shown = visitor.get(to)[1] if to else ""
                if found := re.search(r'name="plan"\s+value="(\w+)"', shown):
                    visitor.post(f"{to}apply/", {"plan": found[1]})
                    self.told.answers["stored", 302] += 1

            self.works.append(load)

    def board_reviews(self) -> None:
        """Rows of submitted units are returned and accepted, again and again."""
        visitor = self._visitor(self.board, "review")
        submissions = list(Submission.objects.filter(year=self.year, unit__in=self.units[:2]))
        lines = {
            row.pk: list(
                OrganizationLine.objects.filter(year=self.year, unit=row.unit_id).values_list(
                    "pk", flat=True
                )[:50]
            )
            for row in submissions
        }

        def review(chance: Random) -> None:
            pk = chance.choice(submissions).pk
            rows = [f"o{line}" for line in chance.sample(lines[pk], min(3, len(lines[pk])))]
            visitor.post(
                reverse("assessments:review_return", args=[self.year, pk]),
                {"row": rows, "reason": "Đề nghị xem lại"},
            )
            visitor.post(reverse("assessments:review_accept", args=[self.year, pk]), {})

        self.works.append(review)

    def board_confirms(self) -> None:
        """What changed in the list of an accepted unit: looked at, then confirmed, some of it or all."""
        visitor = self._visitor(self.board, "confirm")
        pk = Submission.objects.get(year=self.year, unit=self.units[-1]).pk
        page = reverse("assessments:review_unit", args=[self.year, pk]) + "?tab=list"
        address = reverse("assessments:review_confirm", args=[self.year, pk])

        def confirm(chance: Random) -> None:
            text = visitor.get(page)[1]
            shown, newest = (
                re.findall(r'name="change"\s+value="(\d+)"', text),
                re.search(r'name="seen" value="(\d+)"', text),
            )
            some = {"change": chance.sample(shown, min(3, len(shown)))}
            visitor.post(address, chance.choice(({"all": "on"}, some)) | {"seen": newest[1] if newest else 0})

        self.works.append(confirm)

    def board_looks_and_issues(self) -> None:
        """Bystanders: the overview, a report, an office's heading, an account."""
        visitor = self._visitor(self.board, "look")
        offices = self._visitor(self._user(Role.OFFICER, self.units[0]), "office")
        locked = self._user(Role.OFFICER, self.units[0])
        admin = self._visitor(self._user(Role.ADMINISTRATOR, self.units[0].parent), "account")
        self.works += [
            lambda chance: visitor.get(reverse("assessments:province", args=[self.year])),
            lambda chance: visitor.get(reverse("assessments:report", args=[self.year, "grassroots"])),
            lambda chance: offices.post(
                f"/offices/{self.units[0].code}/", {"body": f"ĐẢNG BỘ {chance.random()}", "version": "0"}
            ),
            lambda chance: admin.post(reverse("orgs:account_reset", args=[locked.pk]), {}),
        ]

    def commands_run(self, folder, *, periods: bool = True) -> None:
        """Real processes beside the server; each must end with status 0."""
        self.works += [
            lambda chance: self._run("recount"),
            lambda chance: self._run("recount", "--check"),
            lambda chance: self._run("backup", str(folder / "nq03.zip")),
        ]
        if periods:
            year = str(self.year)

            def close_and_reopen(chance: Random) -> None:
                self._run("period", "close", year, "--reason", "thử")
                self._run("period", "reopen", year, "--reason", "thử")

            self.works.append(close_and_reopen)

    def _run(self, *command: str) -> None:
        done = process(["manage.py", *command], DJANGO_SETTINGS_MODULE="tests.settings")
        out, err = done.communicate(timeout=110)
        self.told.answers[command[0], done.returncode] += 1
        is_wrong = command[0] == "recount" and not re.search(r"^\D*0\D*$", out.strip())
        if done.returncode or is_wrong:
            self.told.bad.append(f"{' '.join(command)}: {done.returncode} {out[-300:]} {err[-300:]}")

    def blow(self) -> Told:
        """All at once until time is up; what was heard."""
        threads = [
            threading.Thread(target=self._again, args=[work, Random(number)], daemon=True)
            for number, work in enumerate(self.works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(240)
            if thread.is_alive():
                self.told.bad.append("somebody still waits")
        return self.told

    def _again(self, work: Callable[[Random], None], chance: Random) -> None:
        try:
            while time.monotonic() < self.until:
                work(chance)
        except Exception as fault:  # noqa: BLE001
            self.told.bad.append(f"{type(fault).__name__}: {fault}")
        finally:
            connection.close()


def _workbook(year: int, codes: list[str], members: list[tuple], chance: Random, cells: list[str]):
    book = openpyxl.Workbook()
    listed = book.active
    listed.title = "ĐV"
    if codes:
        ratings = book.create_sheet("TCCSD")
        ratings.append(("Năm", "Mã", "Mức xếp loại"))
        for code in codes:
            ratings.append((year, code, chance.choice(LEVELS)))
    listed.append(("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ"))
    for code, name, admitted, cell in members:
        place = chance.choice(cells) if cells else cell
        listed.append((code, f"{name} {chance.choice('xyz')}", admitted, place))
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("sổ.xlsx", stream.getvalue())


@contextmanager
def server(workers: int = 3) -> Iterator[int]:
    """A real server on the database of this test; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = process(
        [
            "-m",
            "gunicorn",
            "--no-control-socket",
            "--preload",
            "--workers",
            str(workers),
            "--timeout",
            "120",
            "--log-level",
            "error",
            "--bind",
            f"127.0.0.1:{port}",
            "resolution03.wsgi",
        ],
        subprocess.DEVNULL,
        DJANGO_SETTINGS_MODULE="tests.settings",
        ALLOWED_HOSTS="127.0.0.1",
        LOG_LEVEL="CRITICAL",
    )
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def deadlocks() -> int:
    """How many PostgreSQL broke in this database so far."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def main(seconds: float) -> None:
    """By hand: a storm over whatever the database holds."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    year = RatingYear.objects.filter(state=YearState.OPEN).latest("pk").pk
    before = deadlocks()
    with server() as port, TemporaryDirectory() as folder:
        storm = Storm(port, year, seconds)
        storm.officers_save(8)
        storm.registers_change(6)
        storm.workbooks_come(4)
        storm.board_reviews()
        storm.board_confirms()
        storm.board_looks_and_issues()
        storm.commands_run(Path(folder))
        told = storm.blow()
    for (work, status), count in sorted(told.answers.items()):
        print(work, status, count)
    print("\n".join(told.bad[:20]) or "nothing bad", f"({len(told.bad)})")
    print("deadlocks", deadlocks() - before)
