"""Forms 01 to 03: grassroots organizations, affiliated organizations, members."""

from collections.abc import Iterable
from functools import partial

from assessments.figures.figure import Figure
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.rated import Builder, KindForm, title_key
from assessments.roster.models.tallies import Subject
from resolution03.lib.forms_xlsx import TOTAL, Form

KINDS: tuple[KindForm, ...] = (
    KindForm(
        "01",
        "01 TCCSĐ",
        Subject.GRASSROOTS,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG TỔ CHỨC CƠ SỞ ĐẢNG, NĂM {year}",
        "Đơn vị tính: tổ chức cơ sở đảng (TCCSĐ); tỷ lệ: %",
        "Tổng số TCCSĐ",
        ("Đảng bộ cơ sở", "Chi bộ cơ sở"),
    ),
    KindForm(
        "02",
        "02 Trực thuộc",
        Subject.AFFILIATED,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY CƠ SỞ, NĂM {year}",
        "Đơn vị tính: tổ chức đảng; tỷ lệ: %",
        "Tổng số tổ chức",
        ("Đảng bộ bộ phận", "Chi bộ trực thuộc", "Trong đó chi bộ thôn, TDP"),
    ),
    KindForm(
        "03",
        "03 Đảng viên",
        Subject.MEMBER,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN, NĂM {year}",
        "Đơn vị tính: đảng viên; tỷ lệ: %",
        "Tổng số đảng viên",
        (),
    ),
)
_BY_SUBJECT = {kind.subject: kind for kind in KINDS}


def builder(matter: Matter, subject: str) -> Builder:
    """What makes the form of a subject."""
    return Builder(_BY_SUBJECT[subject], matter)


def _checks(kind: KindForm, sources: Sources, form: Form) -> Iterable[Check]:
    """The roster, those rated and those that count: of each unit and of all, and all by level."""
    matter = sources.matter
    for place in (*matter.places, None):
        row, whose = (place.id, place.name) if place else (TOTAL, form.total_label)
        figures = {one.code: matter.figure(one.code, place) for one in kind.indicators}
        first = next(iter(figures.values()))
        if first.is_known:
            yield Check(form, row, "roster", f"{whose}: {kind.count_words.lower()}", first.roster)
            yield Check(form, row, "rated", f"{whose}: đã xếp loại", first.rated)
        for code, figure in figures.items():
            yield from _figure_checks(form, row, f"{whose}: {figure.label}", code, figure)
    yield from _level_checks(kind, sources, form)


def _figure_checks(form: Form, row, words: str, code: str, figure: Figure) -> Iterable[Check]:
    """`met` is of the target of units, which the province shares."""
    known = figure.is_known
    for column, value in (
        (code, figure.numerator),
        (f"{code}_share", figure.percent if known else None),
        (f"{code}_short", figure.short),
    ):
        if form.has(column):
            yield Check(form, row, column, words, value)
    title = title_key(figure.indicator)
    if known and form.has(title):
        awarded = figure.counts.get((Subject.TITLE, figure.indicator.subject), 0)
        yield Check(form, row, title, f"{words}: danh hiệu", awarded)


def _level_checks(kind: KindForm, sources: Sources, form: Form) -> Iterable[Check]:
    matter = sources.matter
    counts = matter.board.rated_by_level(kind.subject, matter.year.pk, matter.unit_id)
    for code, key in Builder(kind, matter).level_keys.items():
        shown = form.value(TOTAL, key)
        if shown is not None:
            yield Check(form, TOTAL, key, f"{form.total_label}: {code}", counts.get(code, 0))


def _sheet(kind: KindForm) -> Sheet:
    return Sheet(
        str(kind.subject),
        f"B{kind.number}",
        lambda matter, sources: Builder(kind, matter).build(),
        partial(_checks, kind),
    )


SHEETS = tuple(_sheet(kind) for kind in KINDS)
