"""B9 and B10: 33,000 members with their ratings, loaded first and again, beside the floor (the same
rows by executemany) and django-import-export doing the same work on a part of the rows."""

import random
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from django.db import connection

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.following import follow_registers
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import load
from benchmarks import peer
from benchmarks.loading import fresh, stored_rows, write_rows
from benchmarks.measure import Side, table
from members.models import Member, Membership
from orgs.versions import writing
from resolution03.lib import bulk

YEAR = 2018
MANY = 33_000
PART = 1_000
"""Members of the peer's share: it takes a few hundred rows a second."""
BY = Actor(name="benchmark")
CELLS = [f"D{unit:02}.{place:02}" for unit in range(14) for place in range(47)]
LEVELS = ("HTXSNV", "HTTNV", "HTTNV", "HTTNV", "HTNV")
RATES = "Rows a second: {}. The peer's share is {} of {} members; its times are scaled to all."


def first_load(runs: int) -> str:
    """B9: members and ratings into a province that has its organizations and an open year."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, share = _books(folder / "all", MANY), _books(folder / "part", PART)
        before = _province(folder, whole)
        load(whole[1:], by=BY)
        added = _added(stored_rows(), before)
        sides = [
            _side("load", lambda: _province(folder, whole), lambda: load(whole[1:], by=BY), runs),
            _side(
                "the same rows by executemany",
                lambda: _province(folder, whole),
                lambda: write_rows(added),
                runs,
            ),
            *_peers(lambda: _province(folder, whole), share),
        ]
        connection.close()
    return _told("B9: members and ratings loaded first", sides, "the same rows by executemany")


def second_load(runs: int) -> str:
    """B10: the same files again, and with one row in a hundred changed, and back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, share = _books(folder / "all", MANY), _books(folder / "part", PART)
        changed = _books(folder / "changed", MANY, every=100)
        _province(folder, whole)
        load(whole[1:], by=BY)
        sides = [
            _side("load, nothing changed", _nothing, lambda: load(whole[1:], by=BY), runs),
            _side("load, 1% changed", lambda: load(whole[1:], by=BY), lambda: load(changed[1:], by=BY), runs),
            *_peers(lambda: load(whole[1:], by=BY), share),
        ]
        connection.close()
    return _told("B10: the same again", sides, "load, nothing changed")


def _peers(prepare: Callable[[], object], share: list[Source]) -> list[Side]:
    plain = peer.Members, peer.Ratings
    return [
        _side(name, prepare, lambda found=found: _take(share, *found), 1, scale=MANY // PART)
        for name, found in {
            "django-import-export": plain,
            "django-import-export, bulk": tuple(map(peer.bulk, plain)),
        }.items()
    ]


def _take(share: list[Source], members, ratings) -> None:
    """Both workbooks; membership of cells and roster between them are ours, the peer has none."""
    peer.take(share[1].path, members)
    with writing():
        new = Member.objects.filter(memberships=None).order_by().values_list("pk", "cell_id")
        bulk.upsert(Membership, ("member", "cell"), list(new))
        follow_registers(by=BY)
    peer.take(share[2].path, ratings)


def _side(name: str, prepare: Callable, act: Callable, runs: int, scale: int = 1) -> Side:
    times, processor = [], []
    for _run in range(runs):
        prepare()
        begin, own = time.perf_counter(), time.process_time()
        act()
        times.append((time.perf_counter() - begin) * 1000 * scale)
        processor.append((time.process_time() - own) * 1000 * scale)
    return Side(name, tuple(times), min(processor))


def _told(title: str, sides: list[Side], to: str) -> str:
    rates = "; ".join(f"{side.name} {2 * MANY / side.median * 1000:,.0f}" for side in sides)
    return table(title, sides, to=to, lines=(RATES.format(rates, PART, MANY),))


def _nothing() -> None:
    pass


def _province(folder: Path, books: list[Source]) -> dict:
    """A fresh database with the organizations and an open year; the keys of its rows by table."""
    fresh(str(folder), "loaded")
    load(books[:1], by=BY)
    open_year(YEAR, by=BY)
    return {name: {row[0] for row in rows} for name, (_columns, rows) in stored_rows().items()}


def _added(tables: dict, before: dict) -> dict:
    return {
        name: (columns, [row for row in rows if row[0] not in before.get(name, ())])
        for name, (columns, rows) in tables.items()
    }


def _books(folder: Path, many: int, every: int = 0) -> list[Source]:
    """Organizations, members and ratings; with `every`, each so-many-th row differs."""
    folder.mkdir()
    chance = random.Random(3)  # noqa: S311
    members = [_member(number, chance) for number in range(many)]
    ratings = [(YEAR, row[0], row[1], "HTTNV", chance.choice(LEVELS)) for row in members]
    for number in range(0, many, every) if every else ():
        members[number] = (members[number][0], f"{members[number][1]} B", *members[number][2:])
        ratings[number] = (*ratings[number][:4], "KHTNV")
    return [
        _book(folder / "organizations.xlsx", ORGANIZATION_HEADINGS, _organizations()),
        _book(folder / "members.xlsx", MEMBER_HEADINGS, members),
        _book(folder / "ratings.xlsx", RATING_HEADINGS, ratings),
    ]


ORGANIZATION_HEADINGS = ("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức")
MEMBER_HEADINGS = (
    "Mã đảng viên",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Ngày kết nạp",
    "Ngày chính thức",
    "Mã chi bộ",
)
RATING_HEADINGS = ("Năm", "Mã đảng viên", "Họ và tên", "Tự xếp loại", "Mức xếp loại")


def _organizations() -> list[tuple]:
    units = sorted({cell.split(".")[0] for cell in CELLS})
    return [
        ("P", "Đảng bộ tỉnh", None, "Đảng bộ tỉnh", "Đảng bộ"),
        *((unit, f"Đảng bộ {unit}", "P", "Cấp trên trực tiếp cơ sở", "Đảng bộ") for unit in units),
        *((cell, f"Chi bộ {cell}", cell.split(".")[0], "Tổ chức cơ sở đảng", "Chi bộ") for cell in CELLS),
    ]


def _member(number: int, chance: random.Random) -> tuple:
    born = datetime(1955, 1, 1) + timedelta(days=chance.randrange(14_000))
    admitted = born + timedelta(days=7_000 + chance.randrange(1_500))
    return (
        f"M{number:06}",
        f"Nguyễn Văn Người {number % 971}",
        born,
        chance.choice(("Nam", "Nữ")),
        admitted,
        admitted + timedelta(days=370),
        chance.choice(CELLS),
    )


def _book(path: Path, headings: tuple[str, ...], rows: list[tuple]) -> Source:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return Source(path, path.name)
