"""The target sheet: every figure refers to the form that it is from."""

from collections.abc import Iterable, Iterator

from assessments.figures import caps
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.judge import Standing, state_of
from assessments.figures.yardstick import OtherReading
from assessments.reports.building import formulas, marks
from assessments.reports.building.columns import PARTLY, givers, goal_format, partly_words, reading_basis
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Part, Sheet, Sources
from assessments.reports.sheets.measures import measure, others
from resolution03.lib.figures import percent, percentage
from resolution03.lib.form_columns import share
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

APART = "≠"
"""Stands after figures of an earlier year that are not compared."""
_APART = {
    "have_before": {"num_format": f'#,##0" {APART}"'},
    "base_before": {"num_format": f'#,##0" {APART}"'},
    "share_before": {"num_format": f'0.00" {APART}"'},
}
_NOW, _JUDGED = "Kết quả", "So với mục tiêu"


def build(matter: Matter, sources: Sources) -> Form:
    """The target sheet: each target, its other readings below it, last year beside."""
    rows = [
        row
        for number, indicator in enumerate(matter.indicators, start=1)
        for row in _rows(matter, sources, indicator, number)
    ]
    return Form(
        name="Mục tiêu",
        number=f"Biểu mục tiêu/{matter.mark}",
        title=f"KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU {matter.resolution}, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: tổ chức đảng; đảng viên; thôn, tổ dân phố; tỷ lệ: %",
        columns=_columns(matter),
        rows=rows,
        has_total=False,
        on_one_page=True,
        notes=[*_words(sources), *_legend(matter)],
    )


def _words(sources: Sources) -> Iterable[str]:
    yield (
        "Đạt hay chưa đạt, còn thiếu bao nhiêu: xét trên số nguyên, không xét trên tỷ lệ đã làm tròn. "
        "Thiếu, còn: số còn thiếu; với mục tiêu bằng 0 là số còn lại. "
        "Dòng chữ nghiêng: cách hiểu khác của cùng mục tiêu. Năm trước ghi theo số liệu của năm đó; "
        f"{APART}: không so sánh với năm báo cáo."
    )
    written = {sheet.key for sheet in sources.sheets}
    if "movements" in written:
        yield "Có, Cơ sở lấy từ các biểu 01 đến 05 cùng tệp."
    if "years" in written:
        yield "Các năm trước đó: biểu Các năm cùng tệp."


def _legend(matter: Matter) -> Iterator[str]:
    return marks.legend(marks.flags(matter, matter.figure(one.code)) for one in matter.indicators)


def _columns(matter: Matter) -> list[FormColumn]:
    before = f"Năm {matter.year.pk - 1}"
    if matter.before and state_of(matter.before).is_provisional:
        before += " (tạm tính)"
    return [
        FormColumn("tt", "TT", "mark", 5),
        FormColumn("label", "Mục tiêu", "text", 27, is_own=True),
        FormColumn("rule", "Quy tắc, cơ sở tính", "text", 25, is_own=True),
        FormColumn("goal", "Mức", width=9),
        FormColumn("have", "Có", group=_NOW, width=8),
        FormColumn("base", "Cơ sở", group=_NOW, width=8),
        share("share", "have", "base", percent, group=_NOW, heading="Tỷ lệ (%)", width=9.5),
        FormColumn("needed", "Cần", group=_JUDGED, width=8),
        FormColumn("short", "Thiếu, còn", group=_JUDGED, width=7),
        FormColumn("verdict", "Đánh giá", "mark", 15, group=_JUDGED),
        FormColumn("unrated", "Chưa xếp loại", width=9.5),
        FormColumn("have_before", "Có", group=before, width=8),
        FormColumn("base_before", "Cơ sở", group=before, width=8),
        share(
            "share_before",
            "have_before",
            "base_before",
            percent,
            group=before,
            heading="Tỷ lệ (%)",
            width=9.5,
        ),
        FormColumn("note", "Văn bản, cách hiểu, ghi chú", "text", 44),
    ]


def _rows(matter: Matter, sources: Sources, indicator: Indicator, number: int) -> Iterator[FormRow]:
    figure = matter.figure(indicator.code)
    have, base, unrated = measure(sources, indicator)
    row = _measured(matter, figure, indicator.code, have, base)
    row.values |= {
        "tt": str(number),
        "label": str(indicator.label),
        "rule": str(indicator.rule),
        "goal": None if figure.target is None else figure.target,
        "note": "\n".join(_notes(matter, figure)),
    }
    before = _known_before(matter, indicator.code)
    if before:
        row.values |= {"have_before": before.numerator, "base_before": before.denominator}
    if unrated:
        row.values["unrated"] = unrated.value
        _refer(row, "unrated", unrated)
    row.formats = _formats(figure, is_heads=indicator.cells.rest == "vacant")
    if before and _parted(matter, figure):
        row.formats |= _APART
    cell = ("have", marks.COUNT) if figure.denominator is None else ("share", marks.SHARE)
    marks.mark(row, *cell, marks.flags(matter, figure))
    yield row
    pairs = zip(figure.other, others(sources, indicator), strict=not matter.is_reported_only)
    for place, (other, parts) in enumerate(pairs):
        yield _other_row(matter, figure, other, parts, f"{number}{chr(ord('a') + place)}")


def _measured(matter: Matter, figure: Figure, key: object, have: Part, base: Part | None) -> FormRow:
    """Numerator, denominator and the verdict on them, as numbers and as formulas."""
    row = FormRow(key, {"have": have.value, "base": base and base.value})
    _refer(row, "have", have)
    if base:
        _refer(row, "base", base)
    else:
        row.values["share"] = None
        row.formulas["share"] = ""
    aim = figure.aim
    if have.value is None or aim.value is None:
        return row
    whole, whole_ref = (base.value, "{base}") if base else (None, None)
    row.values |= {
        "needed": aim.needed(whole),
        "short": aim.short(have.value, whole),
        "verdict": formulas.written(aim.standing(have.value, whole)),
    }
    row.formulas |= {
        "needed": formulas.needed_or_blank(whole_ref, aim),
        "short": formulas.shortfall("{have}", whole_ref, aim),
        "verdict": formulas.verdict("{have}", whole_ref, aim),
    }
    return row


def _refer(row: FormRow, key: str, part: Part) -> None:
    if part.formula:
        row.formulas[key] = part.formula


def _other_row(matter: Matter, figure: Figure, other: OtherReading, parts, tt: str) -> FormRow:
    row = _measured(matter, figure, (figure.code, tt), *parts)
    row.values |= {"tt": tt, "label": f"Cách hiểu khác: {other.reading}"}
    row.values["share_before"] = None
    row.formulas["share_before"] = ""
    row.style = {"italic": True, "font_size": 9}
    return row


def _known_before(matter: Matter, code: str) -> Figure | None:
    figure = matter.figure_before(code)
    return figure if figure and figure.numerator is not None else None


def _parted(matter: Matter, figure: Figure) -> str:
    """Why the year is not compared with the one before; empty where it is."""
    cuts = matter.past.between(figure.indicator, figure.year - 1, figure.year)
    return "; ".join(cut.why for cut in cuts)


def _formats(figure: Figure, *, is_heads: bool) -> dict[str, dict]:
    found: dict[str, dict[str, object]] = {"share": {"bold": True}}
    if figure.target is not None:
        shown = goal_format(figure.aim, is_share=figure.indicator.counted.is_share)
        found["goal"] = {"num_format": shown, "align": "center"}
    if figure.is_partial:
        found |= {"have": {"num_format": PARTLY}, "base": {"num_format": PARTLY}}
    if figure.short:
        found["short"] = {"bold": True, "border": 2}
    if figure.standing == Standing.UNMET:
        found["verdict"] = {"bold": True}
    if is_heads:
        found["unrated"] = {"num_format": '"khuyết "#,##0'}
    return found


def _notes(matter: Matter, figure: Figure) -> Iterable[str]:
    if figure.document:
        yield f"{figure.document}, mục {figure.article}" if figure.article else figure.document
    if figure.due:
        yield f"Đến hết năm {figure.due}"
    reading = figure.indicator.counted.level_reading(matter.rules)
    if reading:
        yield f"{reading.name}; {reading_basis(reading)}" if not reading.document else reading.name
    elif figure.reading:
        yield str(figure.reading)
    if _known_before(matter, figure.code) and (why := _parted(matter, figure)):
        yield f"Năm {figure.year - 1} {APART}: không so sánh ({why})"
    if figure.is_partial and figure.given:
        yield f"(*) {partly_words(*figure.given, givers(figure.indicator))}"
    if figure.is_reported and figure.numerator is not None:
        yield "Gồm số tổng hợp do đơn vị báo cáo"
    if figure.least is not None:
        yield f"Khi xếp loại hết: từ {percentage(figure.least)} đến {percentage(figure.most)}"
    found = caps.sentence(matter.board, figure.indicator, matter.year, matter.unit)
    if found and figure.is_known:
        yield found[:1].upper() + found[1:]


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """Every figure of the sheet."""
    matter = sources.matter
    for indicator in matter.indicators:
        figure = matter.figure(indicator.code)
        words = str(indicator.label)
        system = {
            "have": figure.numerator,
            "base": figure.denominator,
            "share": figure.percent,
            "needed": figure.needed if figure.is_known else None,
            "short": figure.short,
        }
        if indicator.counted.is_rated:
            system["unrated"] = figure.unrated if figure.is_known else None
        if not figure.is_known:
            system |= {"base": None, "share": None}
        for column, value in system.items():
            yield Check(form, indicator.code, column, f"{words}: {_WORDS[column]}", value)
        verdict = formulas.written(figure.standing)
        yield Check(form, indicator.code, "verdict", f"{words}: đánh giá", verdict)
        if figure.is_known:
            yield from _others(form, figure, words)


def _others(form: Form, figure: Figure, words: str) -> Iterator[Check]:
    number = form.value(figure.code, "tt")
    for place, other in enumerate(figure.other):
        key = (figure.code, f"{number}{chr(ord('a') + place)}")
        for column, value in (
            ("have", other.numerator),
            ("base", other.denominator),
            ("share", other.percent),
        ):
            yield Check(form, key, column, f"{words}, {other.reading}: {_WORDS[column]}", value)


_WORDS = {
    "have": "có",
    "base": "cơ sở",
    "share": "tỷ lệ (%)",
    "needed": "cần",
    "short": "thiếu",
    "unrated": "chưa xếp loại",
}

SHEET = Sheet("targets", "MT", build, checks)
