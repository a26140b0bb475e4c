"""The target sheet, and the five shares by unit: every figure refers to the forms that it is from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.figures import Figure, OtherReading
from assessments.indicators import INDICATORS, AdmissionCount, HeadShare, Indicator, LevelShare
from assessments.models import Subject
from assessments.reports import formulas
from assessments.reports.kinds import Builder, goal, reading_basis, short_column
from assessments.reports.matter import Matter, Place
from assessments.rules import is_met, needed, shortfall
from resolution03.lib.figures import percent, percentage
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow, share

_NOW, _JUDGED = "Kết quả", "So với mục tiêu"


@dataclass(frozen=True)
class Part:
    """A number of the target sheet: where it comes from, and what stands there."""

    formula: str
    value: int | None


@dataclass(frozen=True)
class Sources:
    """The forms from which the target sheet takes its numbers."""

    kinds: dict[str, tuple[Builder, Form]]
    villages: Form
    movements: Form

    def measure(self, indicator: Indicator) -> tuple[Part, Part | None, Part | None]:
        """Numerator, denominator and what is not rated (or vacant)."""
        form = self.form(indicator)
        if isinstance(indicator, LevelShare):
            keys = (indicator.code, "rated", "unrated")
        elif isinstance(indicator, HeadShare):
            keys = ("member", "in_post", "vacant")
        else:
            return self._part(form, [_count_key(indicator)]), None, None
        return tuple(self._part(form, [key]) for key in keys)

    def others(self, indicator: Indicator, matter: Matter) -> list[tuple[Part, Part | None]]:
        """The same by the other readings, in the order of `Indicator.others`."""
        form = self.form(indicator)
        if isinstance(indicator, LevelShare):
            return [*self._other_levels(indicator, matter, form)]
        if isinstance(indicator, HeadShare):
            return [(
                Part(f"{form.ref(TOTAL, 'member')}-{form.ref(TOTAL, 'probationary')}",
                     _minus(form.value(TOTAL, "member"), form.value(TOTAL, "probationary"))),
                self._part(form, ["in_post"]),
            )]
        also = "term_outside" if isinstance(indicator, AdmissionCount) else indicator.also
        return [(self._part(form, [_count_key(indicator), also]), None)] if also else []

    def form(self, indicator: Indicator) -> Form:
        if isinstance(indicator, LevelShare):
            return self.kinds[indicator.subject][1]
        return self.movements if isinstance(indicator, AdmissionCount) else self.villages

    def _other_levels(self, indicator: LevelShare, matter: Matter, form: Form):
        builder = self.kinds[indicator.subject][0]
        for reading in matter.rules.other_readings(indicator.meaning):
            yield self._part(form, builder.keys_of(reading)), self._part(form, ["rated"])
        if indicator.also_of:
            whole = next(
                code for code, meaning, _words in builder.kind.indicators
                if meaning == indicator.also_of
            )
            yield self._part(form, [indicator.code]), self._part(form, [whole])

    def _part(self, form: Form, keys: list[str]) -> Part:
        keys = [key for key in keys if form.has(key)]
        values = [form.value(TOTAL, key) for key in keys]
        known = [value for value in values if value is not None]
        return Part(
            "+".join(form.ref(TOTAL, key) for key in keys) if known else "",
            sum(known) if known else None,
        )


def build(matter: Matter, sources: Sources) -> Form:
    """The target sheet: each target, its other readings below it, last year beside."""
    rows = [
        row
        for number, indicator in enumerate(INDICATORS, start=1)
        for row in _rows(matter, sources, indicator, number)
    ]
    return Form(
        name="Mục tiêu",
        number="Biểu mục tiêu/NQ03",
        title=f"KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU NGHỊ QUYẾT SỐ 03-NQ/TU, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: tổ chức đảng; đảng viên; thôn, tổ dân phố; tỷ lệ: %",
        columns=_columns(matter),
        rows=rows,
        has_total=False,
        on_one_page=True,
        notes=[
            "Đạt hay chưa đạt, còn thiếu bao nhiêu: xét trên số nguyên, không xét trên tỷ lệ đã làm "
            "tròn. Dòng chữ nghiêng: cách hiểu khác của cùng mục tiêu. Có, Cơ sở lấy từ các biểu 01 "
            "đến 05 cùng tệp; năm trước ghi theo số liệu của năm đó.",
        ],
    )


def _columns(matter: Matter) -> list[FormColumn]:
    before = f"Năm {matter.year.pk - 1}"
    return [
        FormColumn("tt", "TT", "mark", 5),
        FormColumn("label", "Mục tiêu", "text", 27),
        FormColumn("rule", "Quy tắc, cơ sở tính", "text", 25),
        FormColumn("goal", "Mức", width=9),
        FormColumn("have", "Có", group=_NOW, width=8),
        FormColumn("base", "Cơ sở", group=_NOW, width=8),
        share("share", "have", "base", percent, group=_NOW, heading="Tỷ lệ (%)", width=9.5),
        FormColumn("needed", "Cần", group=_JUDGED, width=8),
        FormColumn("short", "Thiếu", group=_JUDGED, width=7),
        FormColumn("verdict", "Đánh giá", "mark", 15, group=_JUDGED),
        FormColumn("unrated", "Chưa xếp loại", width=9.5),
        FormColumn("have_before", "Có", group=before, width=8),
        FormColumn("base_before", "Cơ sở", group=before, width=8),
        share("share_before", "have_before", "base_before", percent, group=before,
              heading="Tỷ lệ (%)", width=9.5),
        FormColumn("note", "Văn bản, cách hiểu, ghi chú", "text", 44),
    ]


def _rows(matter: Matter, sources: Sources, indicator: Indicator, number: int) -> Iterator[FormRow]:
    figure = matter.figure(indicator.code)
    have, base, unrated = sources.measure(indicator)
    row = _measured(matter, figure, indicator.code, have, base)
    row.values |= {
        "tt": str(number), "label": str(indicator.label), "rule": str(indicator.rule),
        "goal": None if figure.target is None else figure.target,
        "note": "\n".join(_notes(matter, figure)),
    }
    row.values["have_before"], row.values["base_before"] = _before(matter, indicator.code)
    if unrated:
        row.values["unrated"] = unrated.value
        _refer(row, "unrated", unrated)
    row.formats = _formats(figure, isinstance(indicator, HeadShare))
    yield row
    pairs = zip(figure.other, sources.others(indicator, matter), strict=not matter.is_reported_only)
    for place, (other, parts) in enumerate(pairs):
        yield _other_row(matter, figure, other, parts, f"{number}{chr(ord('a') + place)}")


def _measured(matter: Matter, figure: Figure, key: str, have: Part, base: Part | None) -> FormRow:
    """Numerator, denominator and the verdict on them, as numbers and as formulas."""
    row = FormRow(key, {"have": have.value, "base": base and base.value})
    _refer(row, "have", have)
    if base:
        _refer(row, "base", base)
    else:
        row.values["share"] = None
        row.formulas["share"] = ""
    if have.value is None or figure.target is None:
        return row
    whole, whole_ref = (base.value, "{base}") if base else (None, None)
    against, missed = (figure.comparison, figure.target), _missed(matter, figure)
    met = is_met(have.value, whole, *against)
    row.values |= {
        "needed": None if whole == 0 else needed(whole, *against),
        "short": shortfall(have.value, whole, *against),
        "verdict": None if met is None else formulas.MET if met else missed,
    }
    row.formulas |= {
        "needed": formulas.needed_or_blank(whole_ref, *against),
        "short": formulas.shortfall("{have}", whole_ref, *against),
        "verdict": formulas.verdict("{have}", whole_ref, *against, missed),
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


def _before(matter: Matter, code: str) -> tuple[int | None, int | None]:
    figure = matter.figure_before(code)
    if figure is None or figure.numerator is None:
        return None, None
    return figure.numerator, figure.denominator


def _missed(matter: Matter, figure: Figure) -> str:
    """A target with a later date is not yet due."""
    due = figure.due
    if figure.indicator.subject == Subject.ADMISSION and matter.rules.term:
        due = matter.rules.term.ends_on.year
    return formulas.NOT_YET if due and matter.year.pk < due else formulas.MISSED


def _formats(figure: Figure, is_heads: bool) -> dict[str, dict]:
    found = {"share": {"bold": True}}
    if figure.target is not None:
        found["goal"] = {"num_format": _goal_format(figure), "align": "center"}
    if figure.short:
        found["short"] = {"bold": True, "border": 2}
    if figure.met is False:
        found["verdict"] = {"bold": True}
    if is_heads:
        found["unrated"] = {"num_format": '"khuyết "#,##0'}
    return found


def _goal_format(figure: Figure) -> str:
    sign = "=" if figure.comparison == "<=" and not figure.target else figure.comparison
    sign = {">=": "≥", "<=": "≤"}.get(sign, sign)
    places = "#,##0" if figure.target == figure.target.to_integral_value() else "#,##0.00"
    return f'"{sign} "{places}' + ('"%"' if figure.denominator is not None else "")


def _notes(matter: Matter, figure: Figure) -> Iterable[str]:
    if figure.document:
        yield f"{figure.document}, mục {figure.article}" if figure.article else figure.document
    if figure.due:
        yield f"Đến hết năm {figure.due}"
    meaning = getattr(figure.indicator, "meaning", None)
    reading = matter.rules.reading(meaning) if meaning else None
    if reading:
        yield f"{reading.name}; {reading_basis(reading)}" if not reading.document else reading.name
    elif figure.reading:
        yield str(figure.reading)
    if figure.is_reported and figure.numerator is not None:
        yield "Gồm số tổng hợp do đơn vị báo cáo"
    if figure.least is not None:
        yield f"Khi xếp loại hết: từ {percentage(figure.least)} đến {percentage(figure.most)}"
    yield from _ceilings(matter, figure)


def _ceilings(matter: Matter, figure: Figure) -> Iterable[str]:
    """Whether the target can be met at all under the caps of the units."""
    codes = {"grassroots_exemplary"}
    caps = [
        cap for cap in matter.rules.caps_of(figure.indicator.subject)
        if cap.group == "unit" and figure.code in codes
    ]
    for cap in caps:
        allowed = sum(matter.ceiling(cap, place).allowed for place in matter.places)
        if figure.needed is not None:
            verdict = "đủ để đạt" if allowed >= figure.needed else "không đủ để đạt mục tiêu"
            yield f"Trần {cap.level_code} cho phép {allowed}: {verdict}"


_SHARES = (
    ("grassroots_strong", "TCCSĐ vững mạnh"), ("grassroots_exemplary", "TCCSĐ tiêu biểu"),
    ("affiliated_strong", "Trực thuộc vững mạnh"), ("members_well", "Đảng viên HTTNV trở lên"),
    ("village_heads_members", "Thôn trưởng là đảng viên"),
)


def build_by_unit(matter: Matter, sources: Sources) -> Form:
    """The five shares by unit, in the office's order, not ranked."""
    return Form(
        name="Theo đơn vị",
        number="Biểu tổng hợp/NQ03",
        title=f"KẾT QUẢ THEO ĐƠN VỊ, NĂM {matter.year.pk}",
        unit_line="Thứ tự theo danh mục của Ban, không xếp hạng",
        columns=[*_unit_columns(matter)],
        rows=[_unit_row(sources, n, place) for n, place in enumerate(matter.places, start=1)],
        on_one_page=matter.fits_one_page,
        notes=[*_reported_notes(matter)],
    )


def _reported_notes(matter: Matter) -> Iterable[str]:
    """Which shares of which units rest on reported totals."""
    for code, words in _SHARES:
        names = [place.name for place in matter.places if matter.figure(code, place).is_reported]
        if names:
            yield f"{words}: số tổng hợp do đơn vị báo cáo ({'; '.join(names)})."


def _unit_columns(matter: Matter) -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 27)
    for code, words in _SHARES:
        target = matter.rules.target(code)
        group = f"{words} {goal(target)}" if target and target.value is not None else words
        base = f"{code}_base"
        yield FormColumn(code, "Có", group=group, width=7, total="sum")
        yield FormColumn(base, "Cơ sở", group=group, width=7, total="sum")
        yield share(f"{code}_share", code, base, percent, group=group, width=7.5)
        if target and target.value is not None:
            yield short_column(f"{code}_short", code, base, target, group)


def _unit_row(sources: Sources, number: int, place: Place) -> FormRow:
    row = FormRow(place.id, {"tt": number, "name": place.name})
    for indicator in INDICATORS:
        if indicator.code not in dict(_SHARES):
            continue
        is_heads = isinstance(indicator, HeadShare)
        keys = ("member", "in_post") if is_heads else (indicator.code, "rated")
        form = sources.form(indicator)
        for target, key in zip((indicator.code, f"{indicator.code}_base"), keys, strict=True):
            value = form.value(place.id, key) if form.has(key) else None
            row.values[target] = value
            if value is not None:
                row.formulas[target] = form.ref(place.id, key)
    return row


def _minus(whole: int | None, part: int | None) -> int | None:
    return None if whole is None else whole - (part or 0)


def _count_key(indicator: Indicator) -> str:
    """The column of form 04 or 05 that a plain count is from."""
    return "term" if isinstance(indicator, AdmissionCount) else indicator.state
