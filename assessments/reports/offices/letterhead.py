"""How the forms of an office are headed and signed: what it entered, else what its kind writes.

One place for every form, for the Word draft and for the preview (DOMAIN §6). What nobody entered
and no kind of office implies is left as dots, to be filled in by hand.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.figures.judge import State, state_of
from assessments.reports.offices.models import Office, Spelling
from resolution03.lib.forms_xlsx import Letterhead
from resolution03.lib.text import match_key, tones_placed

if TYPE_CHECKING:
    from assessments.reports.building.matter import Matter

DOTS = "……"
PROVISIONAL = "SỐ TẠM TÍNH"
TEXTS = (
    "body_above",
    "body",
    "number",
    "place",
    "signs_for",
    "signs_as",
    "signer",
    "preparer",
)
_PROVINCE = "Đảng bộ tỉnh "
_COMMITTEES = {"Đảng bộ huyện": "HUYỆN ỦY", "Đảng bộ thành phố": "THÀNH ỦY", "Đảng bộ": "ĐẢNG ỦY"}
"""Which committee stands for a committee organization, by the first words of its name."""
_NUMBERS = {"HUYỆN ỦY": "HU", "ĐẢNG ỦY": "ĐU"}
"""With which letters a committee numbers its reports."""


def letterhead(matter: "Matter") -> Letterhead:
    """What stands around the forms of a report: of the unit's office, or of the province's."""
    year, unit = matter.year, matter.unit
    owner = unit.unit_id if unit else year.province_id
    office = Office.objects.filter(organization=owner).first() or Office()
    texts = written(office, year.province_name, unit.name if unit else "")
    day = timezone.localdate(matter.stamp)
    return _head(office, texts, day, state(matter), _stored_names(matter))


def preview(office: Office, province: str, unit: str) -> Letterhead:
    """The same with today's date, for the page on which the office is edited."""
    return _head(office, written(office, province, unit), timezone.localdate(), "", ())


def written(office: Office, province: str, unit: str) -> dict[str, str]:
    """What the office entered, as it stands; elsewhere what is usual, in the office's spelling."""
    usual = defaults(province, unit, speller(office.spelling))
    return {name: getattr(office, name) or usual[name] for name in TEXTS}


def defaults(province: str, unit: str, spell: Callable[[str], str] = str) -> dict[str, str]:
    """What an office of this kind writes; `unit` is empty for the province's Board.

    Both names as the roster or the tree has them: `spell` is for the words of our own. Nobody's
    name is made up.
    """
    blank = dict.fromkeys(TEXTS, "")
    if unit:
        body = _committee(unit, spell)
        letters = (of for words, of in _NUMBERS.items() if match_key(body).startswith(match_key(words)))
        return blank | {
            "body_above": province.upper(),
            "body": body,
            "place": DOTS,
            "number": f"Số {DOTS}-BC/{next(letters, DOTS)}",
            "signs_for": "T/M BAN THƯỜNG VỤ",
            "signs_as": "PHÓ BÍ THƯ",
        }
    place = province.removeprefix(_PROVINCE) if province.startswith(_PROVINCE) else ""
    return blank | {
        "body_above": f"{spell('TỈNH ỦY')} {place.upper()}" if place else province.upper(),
        "body": "BAN TỔ CHỨC",
        "place": place or DOTS,
        "number": f"Số {DOTS}-BC/BTCTU",
        "signs_for": "K/T TRƯỞNG BAN",
        "signs_as": "PHÓ TRƯỞNG BAN",
    }


def _committee(unit: str, spell: Callable[[str], str]) -> str:
    """`HUYỆN ỦY ĐĂK HÀ` for the organization of a district; other names as they are."""
    for words, committee in _COMMITTEES.items():
        if unit.startswith(f"{words} "):
            return f"{spell(committee)} {unit.removeprefix(words).strip().upper()}"
    return unit.upper()


def speller(spelling: str, kept: Iterable[str] = ()) -> Callable[[str], str]:
    """Gives the system's own words the office's spelling; what stands in `kept` stays as written."""
    if spelling == Spelling.AS_WRITTEN:
        return str
    first = spelling == Spelling.U_TONE
    names = "|".join(re.escape(name) for name in sorted(set(kept), key=len, reverse=True) if name)
    between = re.compile(f"({names})" if names else r"(\0)")

    def spell(text: str) -> str:
        pieces = between.split(text)
        pieces[::2] = [tones_placed(piece, first=first) for piece in pieces[::2]]
        return "".join(pieces)

    return spell


def long_date(day: date) -> str:
    """`ngày 08 tháng 8 năm 2016`: days below ten and the first two months with a nought."""
    month = f"{day:%m}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def _head(office: Office, texts: dict[str, str], day: date, state: str, kept: Iterable[str]) -> Letterhead:
    spell = speller(office.spelling, kept)
    return Letterhead(
        (texts["body_above"], texts["body"]),
        f"{texts['place']}, {long_date(day)}",
        (texts["signs_for"], texts["signs_as"]),
        spell(state),
        texts["number"],
        texts["signer"],
        texts["preparer"],
        spell,
    )


def _stored_names(matter: "Matter") -> set[str]:
    """What the forms tell in the words of others: names, readings, documents."""
    rules = matter.rules
    documents = [*rules.readings, *rules.targets, *rules.caps]
    return {
        matter.year.province_name,
        *(place.name for place in matter.places),
        *(named.name for named in (*rules.levels, *rules.readings)),
        *(rule.document for rule in documents),
    }


def state(matter: "Matter") -> str:
    """As of which day, read when, and whether the year is closed."""
    moment = timezone.localtime(matter.stamp)
    read = f"số liệu lúc {moment.hour} giờ {moment:%M}, ngày {moment:%d/%m/%Y}"
    year, how = matter.year, state_of(matter.year)
    roster = f"Danh sách tính đến ngày 31/12/{year.pk}; {read}"
    if how == State.REPORTED:
        return f"Số tổng hợp do các đơn vị báo cáo; {read}"
    if not how.is_provisional:
        lacking = f"; {said}" if (said := matter.closed_without) else ""
        return f"{roster}; năm {year.pk} đã khóa (lần {year.revision}){lacking}"
    reopened = "đang mở lại để rà soát" if how == State.REOPENED else "đang mở"
    return f"{roster}; năm {year.pk} {reopened}, {PROVISIONAL}"
