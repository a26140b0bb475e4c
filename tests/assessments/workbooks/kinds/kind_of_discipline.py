"""A kind of workbook that the house does not have: one entry, and nothing else anywhere."""

from assessments.entry.counting.judging import Counted
from assessments.entry.discipline.actions import MOST, counts_of, save_discipline
from assessments.registers.undoing.tables import Table
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.kinds.declared import Mapped, Prepared, Roster, Trace, WorkbookKind
from resolution03.lib.workbooks.cells import CODE, NUMBER, text
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
from resolution03.lib.workbooks.kinds import Column, Kind

REPRIMANDS, WARNINGS = "organization_reprimand", "member_warning"
KEYS = (REPRIMANDS, WARNINGS)
COLUMNS = Kind(
    "discipline",
    "code",
    (
        Column("year", "Năm", NUMBER, required=True),
        Column("code", "Mã", CODE, required=True),
        Column("name", "Tên tổ chức đảng", text(255)),
        Column(REPRIMANDS, "Số lần khiển trách tổ chức", NUMBER, adds_up=True),
        Column(WARNINGS, "Số đảng viên bị cảnh cáo", NUMBER, adds_up=True),
    ),
)


class Book:
    """Rows of discipline, against the roster of their year."""

    def __init__(self, around, rows):
        self.around, self.all_rows = around, rows
        years = {row.given("year") for row in rows}
        self.lines = {
            (line.year_id, line.code): line for line in OrganizationLine.objects.filter(year__in=years)
        }
        self.counts = counts_of(line.pk for line in self.lines.values())

    def judge(self):
        for row in self.all_rows:
            line = self._line(row)
            if line is None:
                row.blame("unknown_code", "code", "không có trong danh sách của năm")
                continue
            stored = self.counts.get(line.pk, {})
            compare(row, dict.fromkeys(KEYS) | stored, wanted(row, KEYS))
            if row.status != UNCHANGED and not stored:
                row.status = CREATED
            for key, (_before, count) in row.changes.items():
                if count is not None and count > MOST:
                    row.blame("bad_number", key, f"nhiều nhất {MOST}")

    def announce(self, journal):
        lines = [self._line(row).pk for row in self._changing()]
        known = Discipline.objects.filter(line__in=lines).values_list("pk", flat=True)
        journal.expect(Discipline, rows=list(known), owners=lines)

    def apply(self):
        for row in self._changing():
            seen = {key: before for key, (before, _after) in row.changes.items()}
            counts = {key: after for key, (_before, after) in row.changes.items()}
            entry = Counted(self._line(row).pk, seen, counts)
            lines = OrganizationLine.objects.all()
            save_discipline(by=self.around.by, year=row.given("year"), lines=lines, entries=[entry])

    def _line(self, row):
        return self.lines.get((row.given("year"), row.code))

    def _changing(self):
        return [row for row in self.all_rows if row.fault is None and row.status != UNCHANGED]


def _found(unit, year):
    return OrganizationLine.objects.filter(year=year).under(unit).in_roster()


def _written(found, unit, year):
    rows = list(found.order_by("pk").values("pk", "code", "name"))
    counts = counts_of(row["pk"] for row in rows)
    return [
        {"year": year, "code": row["code"], "name": row["name"], **counts.get(row["pk"], {}), "notes": []}
        for row in rows
    ]


DISCIPLINE = WorkbookKind(
    name=COLUMNS.name,
    title="Kỷ luật trong năm",
    columns=lambda: COLUMNS,
    key=("year", "code"),
    book=Book,
    roster=Roster(OrganizationLine),
    tables=(
        Table(
            Discipline,
            ("line_id", "of", "form", "count"),
            ("line_id",),
            code="line__code",
            path="line__unit__path",
            year="line__year_id",
            unit="line__unit_id",
            sole=("line_id", "of", "form"),
        ),
    ),
    traces=(Trace(OrganizationLine, ("year_id", "organization__code"), action="discipline.save"),),
    mapped=Mapped(
        names={"code": "Tên tổ chức đảng (thay cho mã)"},
        about=KEYS,
        words=((r"khien trach", REPRIMANDS), (r"canh cao", WARNINGS)),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings=dict.fromkeys(COLUMNS.by_key, "Theo quyết định thi hành kỷ luật."),
        notes=(),
        needs_roster=True,
        is_of_year=True,
    ),
)
