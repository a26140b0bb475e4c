"""Invented programmes, plans, reviews, contests and classes of ten years, with gaps; no file, no name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db.models import Count
from django.utils import timezone

from assessments.entry.records.models import ContestLevel, Record, RecordKind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.reviews import ReviewDue, ReviewKind
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Form, Organization
from resolution03.lib.bulk import upsert

DUES = (
    (ReviewKind.INTERIM, "Sơ kết 3 năm thực hiện Nghị quyết", date(2019, 9, 30), "KH 61-KH/BTCTU (hư cấu)"),
    (ReviewKind.INTERIM, "Sơ kết 5 năm thực hiện Nghị quyết", date(2021, 9, 30), "KH 18-KH/BTCTU (hư cấu)"),
    (ReviewKind.FINAL, "Tổng kết thực hiện Nghị quyết", date(2025, 11, 30), "KH 102-KH/BTCTU (hư cấu)"),
)
WITHOUT_PROGRAMME = 0.1
PLANNED, TRAINED, CONTESTED, REVIEWED, LATE = 0.87, 0.9, 0.6, 0.85, 0.12
CONTESTS, OF_PROVINCE = (2017, 2019, 2022, 2024), (2018, 2023)
"""The years in which units, and the province, held contests."""
FIRST_YEAR, NEW_TERM = 2016, 2021
FIELDS = (
    "organization",
    "year",
    "kind",
    "on",
    "number",
    "title",
    "answers",
    "level",
    "participants",
    "prizes",
    "classes",
    "persons",
    "school_persons",
    "funds",
    "changed_at",
)


@dataclass(frozen=True)
class Holder:
    """A unit or the province: by which letters its documents are known, how many cells it has."""

    pk: int
    letters: str
    cells: int
    is_province: bool = False


def ask() -> None:
    """The reviews that the Board asked for."""
    ReviewDue.objects.bulk_create(
        ReviewDue(kind=kind, name=name, due_on=on, document_number=number) for kind, name, on, number in DUES
    )


def enter(year: RatingYear, chance: Random) -> None:
    """What units and the province issued and held in `year`."""
    now = timezone.now()
    dues = list(ReviewDue.objects.filter(due_on__year=year.pk))
    rows = []
    for holder in _holders(year):
        for row in (*_documents(holder, year.pk, chance), *_events(holder, year.pk, chance)):
            rows.append(row)
        rows += [row for due in dues for row in _reviews(holder, due, chance)]
    values = [
        tuple(row.get(name, "" if name in ("number", "title", "level") else None) for name in FIELDS)
        for row in ({"year": year.pk, "changed_at": now, **row} for row in rows)
    ]
    upsert(Record, FIELDS, values)


def _holders(year: RatingYear) -> list[Holder]:
    lines = OrganizationLine.objects.filter(year=year, form=Form.CELL, dropped=False).order_by()
    cells = dict(lines.values_list("unit").annotate(Count("pk")))
    root = Organization.objects.get(parent=None)
    units = Submission.objects.filter(year=year).values_list("unit", "name")
    return [Holder(root.pk, "TU", sum(cells.values()), is_province=True)] + [
        Holder(unit, _letters(name), cells.get(unit, 0)) for unit, name in units
    ]


def _letters(name: str) -> str:
    known = (("thành", "ThU"), ("thị", "ThU"), ("huyện", "HU"))
    return next((short for word, short in known if word in name.casefold().split()), "ĐU")


def _documents(holder: Holder, year: int, chance: Random) -> Iterator[dict]:
    if year == FIRST_YEAR and chance.random() >= WITHOUT_PROGRAMME:
        title = "Chương trình thực hiện Nghị quyết 03-NQ/TU"
        yield _document(holder, RecordKind.PROGRAMME, _day(chance, year, 9, 12), "CTr", title, chance)
    if year == NEW_TERM and chance.random() < 0.5:
        title = "Chương trình thực hiện Nghị quyết 03-NQ/TU, nhiệm kỳ 2020-2025"
        yield _document(holder, RecordKind.PROGRAMME, _day(chance, year, 3, 9), "CTr", title, chance)
    if chance.random() < PLANNED:
        months = (9, 12) if year == FIRST_YEAR else (1, 3)
        title = f"Kế hoạch thực hiện Nghị quyết 03-NQ/TU năm {year}"
        yield _document(holder, RecordKind.PLAN, _day(chance, year, *months), "KH", title, chance)


def _document(holder: Holder, kind: str, on: date, letters: str, title: str, chance: Random) -> dict:
    number = f"{chance.randint(2, 140):02d}-{letters}/{holder.letters}"
    return {"organization": holder.pk, "kind": kind, "on": on, "number": number, "title": title}


def _reviews(holder: Holder, due: ReviewDue, chance: Random) -> Iterator[dict]:
    if chance.random() >= REVIEWED:
        return
    is_late = chance.random() < LATE
    days = chance.randint(3, 25)
    row = _document(
        holder, due.kind, due.due_on + timedelta(days=days if is_late else -days), "BC", due.name, chance
    )
    yield row | {"answers": due.pk}


def _events(holder: Holder, year: int, chance: Random) -> Iterator[dict]:
    held = {"organization": holder.pk}
    is_turn = year in (OF_PROVINCE if holder.is_province else CONTESTS)
    if holder.cells and is_turn and (holder.is_province or chance.random() < CONTESTED):
        number = max(3, min(60, round(holder.cells * chance.uniform(0.15, 0.4))))
        yield held | {
            "kind": RecordKind.CONTEST,
            "on": _day(chance, year, 5, 11),
            "level": ContestLevel.PROVINCE if holder.is_province else ContestLevel.UNIT,
            "participants": number,
            "prizes": chance.randint(3, max(3, number // 3)),
            "title": "Hội thi bí thư chi bộ giỏi",
        }
    if year > FIRST_YEAR and chance.random() < TRAINED:
        yield held | _training(holder, year, chance)


def _training(holder: Holder, year: int, chance: Random) -> dict:
    classes = chance.randint(1, 4)
    persons = sum(chance.randint(35, 70) for _class in range(classes))
    return {
        "kind": RecordKind.TRAINING,
        "on": _day(chance, year, 4, 10),
        "title": "Bồi dưỡng nghiệp vụ công tác đảng cho cấp ủy cơ sở",
        "classes": classes,
        "persons": persons,
        "school_persons": chance.choice((0, persons // 3, persons // 2)) if chance.random() < 0.9 else None,
        "funds": classes * chance.randint(12, 28) if chance.random() < 0.85 else None,
    }


def _day(chance: Random, year: int, first: int, last: int) -> date:
    """A working day between two months."""
    day = date(year, chance.randint(first, last), chance.randint(3, 28))
    return day - timedelta(days=max(0, day.weekday() - 4))
