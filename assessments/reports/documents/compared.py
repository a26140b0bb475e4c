"""What a Word draft says beside a figure: short names, what it is compared with."""

from decimal import Decimal
from typing import Any

from assessments.figures.figure import Figure
from assessments.figures.past import Break
from assessments.figures.words import value
from assessments.reports.offices import letterhead
from resolution03.lib.figures import number, plain

Texts = dict[str, Any]
UNKNOWN = dict.fromkeys(("co", "tong", "ty_le", "ket_qua"), letterhead.DOTS)


def short(figure: Figure | None) -> Texts:
    """The parts of `fields.SHORT`."""
    if figure is None or figure.numerator is None:
        return UNKNOWN
    is_count = figure.denominator is None
    return {
        "co": number(figure.numerator),
        "tong": "" if is_count else number(figure.denominator),
        "ty_le": value(figure),
        "ket_qua": "" if figure.target is None else figure.standing.words,
    }


def compared(
    figure: Figure, before: Figure | None, cuts: list[Break], *, is_provisional: bool = False
) -> str:
    """`năm 2017: 57,76%, tăng 2,84 điểm phần trăm`; not across `cuts`."""
    if before is None or before.numerator is None or figure.numerator is None:
        return f"năm {figure.year - 1} chưa có số liệu"
    if cuts:
        why = "; ".join(cut.why for cut in cuts)
        return f"không so sánh với năm {before.year}: {why}"
    if figure.is_partial or before.is_partial:
        return f"năm {before.year}: {short(before)['ty_le']}, cộng chưa đủ nên không so sánh"
    then = _told_change(figure, before)
    return f"{then} (năm {before.year} tạm tính)" if is_provisional else then


def _amount(figure: Figure) -> int | Decimal | None:
    if figure.denominator is None:
        return figure.numerator
    return figure.percent if figure.average is None else figure.average


def _told_change(figure: Figure, before: Figure) -> str:
    is_count = figure.denominator is None or figure.average is not None
    now: int | Decimal | None = _amount(figure)
    then: int | Decimal | None = _amount(before)
    told = short(before)["ty_le"]
    if now is None or then is None:
        return f"năm {before.year}: {told}"
    if now == then:
        return f"bằng năm {before.year}"
    way = "tăng" if now > then else "giảm"
    apart = max(now, then) - min(now, then)
    gap = plain(Decimal(apart)) if is_count else f"{plain(Decimal(apart))} điểm phần trăm"
    return f"năm {before.year}: {told}, {way} {gap}"
