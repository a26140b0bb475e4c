"""The control sheet: what the formulas give, what the cells keep, and what the system counts.

It looks at every cell that a form says something in: figures for which the system has one of its own
one by one, and each column, heading and note by a checksum (`resolution03.lib.checksums`), so that a
cell that is changed, emptied or moved is noticed whatever it holds. It names no one: sums only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check
from resolution03.lib.checksums import Strip, Sums
from resolution03.lib.forms_xlsx import BODY, Form, FormColumn, FormRow
from resolution03.lib.letterheads import Letterhead
from resolution03.lib.xlsx import Book

AGREES, DIFFERS = "khớp", "lệch: "
NAME = "Kiểm tra"
_ALPHABET = (0, 9)
_ALPHABET_CELL = "$J$1"
_PLAIN = {"num_format": "0", "align": "center"}
_AS_IT_IS = {"num_format": "General", "align": "center"}


@dataclass(frozen=True)
class Line:
    """One thing that is vouched for. `formula` gives it in the file; `where`: a formula for the
    address of the cell at fault, by `{formula}` and `{system}` of the line."""

    sheet: str
    cells: str
    words: str
    formula: str
    cached: Any
    system: Any
    where: str
    look: dict[str, Any] = field(default_factory=lambda: _PLAIN)

    @property
    def agrees(self) -> bool:
        return (self.cached if self.cached != "" else None) == self.system


class Control:
    """What one workbook vouches for, form after form."""

    def __init__(self, matter: Matter):
        self._matter = matter
        self._sums = Sums(_ALPHABET_CELL)
        self.lines: list[Line] = []

    def add(self, form: Form, checks: Iterable[Check], head: Letterhead) -> None:
        """All that a form says, and where the system has figures of its own, those."""
        checks = [*checks]
        self.lines += [_cell(check) for check in checks]
        for words, key, strip in form.strips(head):
            wrong = {
                form.row_number(check.row) - strip.first: check.system
                for check in checks
                if check.column == key and not check.agrees
            }
            self.add_strip(words, strip, wrong)

    def add_strip(self, words: str, strip: Strip, wrong: dict[int, Any] | None = None) -> None:
        """Cells by their checksum; `wrong`: place in the strip → what the system says instead."""
        for block in strip.blocks():
            self.lines.append(
                self._strip(
                    words,
                    block,
                    {
                        place - block.first + strip.first: value
                        for place, value in (wrong or {}).items()
                        if block.first <= place + strip.first < block.first + len(block.values)
                    },
                )
            )

    def add_count(self, strip: Strip) -> None:
        """How many rows a list has, by the cells of a column that is never blank."""
        count = sum(value is not None for value in strip.values)
        self.lines.append(
            Line(
                strip.sheet,
                strip.cells,
                "Số dòng của danh sách",
                f"COUNTA({strip.ref})",
                count,
                count,
                f'"{strip.cells}"',
            )
        )

    def _strip(self, words: str, strip: Strip, wrong: dict[int, Any]) -> Line:
        shown = system = self._sums.of(strip)
        if wrong:
            values = [wrong.get(place, value) for place, value in enumerate(strip.values)]
            system = self._sums.of(replace(strip, values=values))
        return Line(
            strip.sheet,
            strip.cells,
            f"Tổng kiểm tra: {words}",
            self._sums.weighted(strip),
            shown.weighted,
            system.weighted,
            self._sums.place(strip, "{formula}", system),
        )

    def form(self) -> Form:
        """The sheet: a row a form, which is what is printed, then a row for each thing."""
        numbered = [*enumerate(self.lines, start=1)]
        sheets = [(name, [*rows]) for name, rows in groupby(numbered, lambda row: row[1].sheet)]
        offset = BODY + len(sheets)
        wholes = [_whole(number, name, rows, offset) for number, (name, rows) in enumerate(sheets, start=1)]
        return Form(
            name=NAME,
            number=f"Biểu kiểm tra/{self._matter.mark}",
            title=f"KIỂM TRA SỐ LIỆU TRONG TỆP, NĂM {self._matter.year.pk}",
            unit_line=_UNIT_LINE,
            columns=_COLUMNS,
            rows=[*wholes, *(_row(number, line) for number, line in numbered)],
            has_total=False,
            is_signed=False,
            printed_rows=len(wholes),
            notes=[
                "Tổng kiểm tra: tính từ từng chữ, từng số và vị trí của ô, nên ô nào bị sửa, xóa, đổi chỗ "
                f"thì tổng khác đi. Ô {_ALPHABET_CELL.replace('$', '')}: bảng chữ dùng để tính.",
            ],
        )

    def summary(self) -> tuple[str, str]:
        """The line at the foot of every form, as a formula and as it stands."""
        first = BODY + len({line.sheet for line in self.lines}) + 1
        span = f"'{NAME}'!H{first}:H{first + len(self.lines) - 1}"
        agreeing = sum(line.agrees for line in self.lines)
        return (
            f'"Kiểm tra số liệu: khớp "&COUNTIF({span},"{AGREES}")&"/"&ROWS({span})',
            f"Kiểm tra số liệu: khớp {agreeing}/{len(self.lines)}",
        )

    def write(self, book: Book, head: Letterhead, code: str) -> None:
        """The sheet, the last of the workbook."""
        form, sheet = self.form(), book.add_sheet(NAME)
        form.code, form.closing = code, self.summary()
        form.write_to(book, sheet, head)
        sheet.write_string(*_ALPHABET, self._sums.letters, book.format(num_format="@", font_size=8))


_UNIT_LINE = "Giá trị công thức tính lại trong tệp; giá trị lưu và giá trị hệ thống ghi khi lập biểu"
_COLUMNS = (
    FormColumn("tt", "TT", width=6),
    FormColumn("sheet", "Biểu", "text", 18),
    FormColumn("cell", "Ô", "mark", 12),
    FormColumn("words", "Nội dung", "text", 70),
    FormColumn("formula", "Công thức", width=17),
    FormColumn("cached", "Giá trị lưu", width=17),
    FormColumn("system", "Hệ thống", width=17),
    FormColumn("result", "Kết quả", "text", 22),
)
_RESULT = (
    'IFERROR(IF(AND({{formula}}={{cached}},{{cached}}={{system}}),"' + AGREES + '",{wrong}&{where}),'
    "{wrong}&{cells})"
)


def _cell(check: Check) -> Line:
    ref, cell = check.form.ref(check.row, check.column), check.form.cell(check.row, check.column)
    return Line(
        check.form.name,
        cell,
        check.words,
        f'IF({ref}="","",{ref})',
        check.cached,
        check.system,
        f'"{cell}"',
        _AS_IT_IS,
    )


def _row(number: int, line: Line) -> FormRow:
    wrong = f'"{DIFFERS}{line.sheet}!"'
    return FormRow(
        number,
        {
            "tt": number,
            "sheet": line.sheet,
            "cell": line.cells,
            "words": line.words,
            "formula": line.cached,
            "cached": line.cached,
            "system": line.system,
            "result": AGREES if line.agrees else f"{DIFFERS}{line.sheet}!{line.cells}",
        },
        formulas={
            "formula": line.formula.replace("{", "{{").replace("}", "}}"),
            "result": _RESULT.format(wrong=wrong, where=line.where, cells=f'"{line.cells}"'),
        },
        formats={key: line.look for key in ("formula", "cached", "system")},
    )


def _whole(number: int, sheet: str, rows: list[tuple[int, Line]], offset: int) -> FormRow:
    """A form as a whole: how many of its lines agree."""
    span = f"H{offset + rows[0][0]}:H{offset + rows[-1][0]}"
    agreeing = sum(line.agrees for _number, line in rows)
    return FormRow(
        ("whole", sheet),
        {
            "tt": number,
            "sheet": sheet,
            "words": "Cả biểu: số mục khớp",
            "formula": agreeing,
            "cached": len(rows),
            "system": len(rows),
            "result": AGREES if agreeing == len(rows) else f"còn {len(rows) - agreeing} mục lệch",
        },
        formulas={
            "formula": f'COUNTIF({span},"{AGREES}")',
            "result": 'IF({formula}={system},"' + AGREES + '","còn "&({system}-{formula})&" mục lệch")',
        },
        formats={key: _PLAIN for key in ("formula", "cached", "system")},
    )
