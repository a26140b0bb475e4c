"""What the return of a unit lists: its sections and their lines."""

from dataclasses import dataclass

from assessments.figures.indicator import Indicator
from assessments.figures.indicators import HEADS
from assessments.reports.building.matter import Matter
from assessments.reports.sheets import kinds
from assessments.reports.sheets.office_counts import OfficeCounts


@dataclass(frozen=True)
class Item:
    """One line: a number of a form. `of`: the column of the same form that it is a share of;
    `adds`: the columns of the same form that add up to it."""

    label: str
    form: str
    column: str
    of: str = ""
    adds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    number: str
    title: str
    items: tuple[Item, ...]


def rated_section(matter: Matter, subject: str, title: str, number: str) -> Section:
    """Roster, levels, what is not rated, and what counts for the targets."""
    builder = kinds.builder(matter, subject)
    levels = builder.level_keys
    waiting = ("unrated", "exempt") if builder.is_members else ("unrated",)
    items = [Item(f"{builder.kind.count_words} ngày 31/12", subject, "roster", adds=("rated", *waiting))]
    if builder.is_members:
        items.append(Item("Trong đó dự bị", subject, "probationary", "roster"))
        items.append(Item("Trong đó miễn công tác, sinh hoạt", subject, "exempt", "roster"))
    items.append(Item("Đã xếp loại", subject, "rated", "roster", tuple(levels.values())))
    items += [
        Item(f"{level.name} ({level.code})", subject, levels[level.code], "rated") for level in builder.levels
    ]
    items.append(Item("Chưa xếp loại", subject, "unrated"))
    for one in builder.kind.indicators:
        keys = tuple(builder.keys_of(one.counted.level_reading(matter.rules)))
        if keys:
            words = _with_goal(matter, one, one.paper.column)
            items.append(Item(words, subject, one.code, "rated", keys))
    return Section(number, title, tuple(items))


def _with_goal(matter: Matter, indicator: Indicator, words: str) -> str:
    goal = matter.aim(indicator.code).goal()
    return f"{words} ({goal})" if goal else words


def villages_section(matter: Matter) -> Section:
    heads = _with_goal(matter, HEADS, HEADS.paper.by_unit)
    return Section(
        "IV",
        "THÔN, TỔ DÂN PHỐ",
        (
            Item("Tổng số thôn, tổ dân phố", "villages", "total"),
            Item("Có chi bộ độc lập", "villages", "own_cell", "total"),
            Item("Sinh hoạt ghép", "villages", "shared_cell"),
            Item("Chưa có tổ chức đảng", "villages", "without_cell"),
            Item("Trong đó tái trắng tổ chức đảng", "villages", "blank_again_cell"),
            Item("Chưa có đảng viên", "villages", "without_member"),
            Item("Trong đó tái trắng đảng viên", "villages", "blank_again_member"),
            Item("Thôn trưởng đương nhiệm", "villages", "in_post"),
            Item(heads, "villages", "member", "in_post"),
            Item("Bí thư chi bộ kiêm thôn trưởng", "villages", "secretary", "in_post"),
            Item("Khuyết thôn trưởng", "villages", "vacant"),
        ),
    )


def movements_section(matter: Matter) -> Section:
    counts = [
        Item(label, "movements", code, "admitted") for code, label in OfficeCounts(matter, "05").labels()
    ]
    return Section(
        "V",
        "KẾT NẠP, ĐƯA RA KHỎI ĐẢNG",
        (
            Item("Đảng viên có đầu kỳ", "movements", "opening"),
            Item("Kết nạp trong năm", "movements", "admitted"),
            *counts,
            Item("Chuyển đến, từ đơn vị khác", "movements", "arrivals"),
            Item("Khai trừ", "movements", "expelled"),
            Item("Xóa tên", "movements", "struck_off"),
            Item("Xin ra", "movements", "withdrew"),
            Item("Từ trần", "movements", "died"),
            Item("Chuyển đi, sang đơn vị khác", "movements", "departures"),
            Item("Đảng viên có cuối kỳ", "movements", "closing"),
            Item("Công nhận chính thức", "movements", "official"),
            Item("Kết nạp từ đầu nhiệm kỳ", "movements", "term"),
        ),
    )


def counted_sections(matter: Matter) -> list[Section]:
    """What only the unit counts, and not of villages."""
    items = [Item(label, "villages", code) for code, label in OfficeCounts(matter, "04").labels()]
    return [Section("VI", "SỐ DO ĐƠN VỊ ĐẾM", tuple(items))] if items else []
