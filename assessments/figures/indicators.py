"""The indicators of the resolution, each declared once (docs/indicators.md has them in words).

A new one is an entry here; pages, names, history, command, forms and Word fields follow (ADR 24).
"""

from collections import ChainMap
from collections.abc import Container, Mapping

from django.utils.translation import gettext_lazy as _

from assessments.figures.counted import PartWords
from assessments.figures.indicator import Indicator, NameSheet, Paper, WordList, Words, by_code
from assessments.figures.ways import AdmissionCount, HeadShare, LevelShare, VillageCount
from assessments.roster.models.tallies import Subject
from assessments.rules.models.schemes import Meaning
from assessments.rules.year_rules import YearRules

ADMITTED = PartWords(
    (_("Admitted in the province"), _("Admitted outside"), ""),
    (_("counts"), _("does not count"), ""),
)
_ENTRIES = (
    Indicator(
        "grassroots_strong",
        LevelShare(Subject.GRASSROOTS, Meaning.STRONG),
        Words(
            label=_("Strong grassroots organizations"),
            rule=_("grassroots organizations whose level counts as strong, of those rated"),
            name=_("Grassroots organizations, strong"),
            short=_("Grassroots strong"),
            base=_("of the grassroots organizations rated"),
            noun="organization",
        ),
        Paper(
            field="tccsd_vung_manh",
            column="Trong sạch, vững mạnh",
            by_unit="TCCSĐ vững mạnh",
            lists=(
                WordList(
                    "ds_tccsd_chua_dat",
                    "missed",
                    _("grassroots organizations that do not count as strong"),
                ),
                WordList("ds_tccsd_chua_xep", "unrated", _("grassroots organizations not rated")),
            ),
            sheet=NameSheet(
                "short_grassroots",
                "01",
                "TCCSĐ",
                "TỔ CHỨC CƠ SỞ ĐẢNG CHƯA ĐẠT TRONG SẠCH, VỮNG MẠNH",
            ),
        ),
    ),
    Indicator(
        "grassroots_exemplary",
        LevelShare(Subject.GRASSROOTS, Meaning.EXEMPLARY, also_of=Meaning.STRONG, has_title=True),
        Words(
            label=_("Exemplary grassroots organizations"),
            rule=_("exemplary grassroots organizations, of all those rated"),
            name=_("Grassroots organizations, exemplary"),
            short=_("Grassroots exemplary"),
            base=_("of all grassroots organizations rated"),
            noun="organization",
        ),
        Paper("tccsd_tieu_bieu", column="Trong đó tiêu biểu", by_unit="TCCSĐ tiêu biểu"),
        is_capped=True,
    ),
    Indicator(
        "affiliated_strong",
        LevelShare(Subject.AFFILIATED, Meaning.STRONG),
        Words(
            label=_("Strong affiliated organizations"),
            rule=_("organizations affiliated to a grassroots committee that count as strong, of those rated"),
            name=_("Affiliated organizations, strong"),
            short=_("Affiliated strong"),
            base=_("of the affiliated organizations rated"),
            noun="organization",
        ),
        Paper(
            field="truc_thuoc_vung_manh",
            column="Trong sạch, vững mạnh",
            by_unit="Trực thuộc vững mạnh",
            lists=(
                WordList(
                    "ds_truc_thuoc_chua_dat",
                    "missed",
                    _("affiliated organizations that do not count as strong"),
                ),
                WordList("ds_truc_thuoc_chua_xep", "unrated", _("affiliated organizations not rated")),
            ),
            sheet=NameSheet(
                "short_affiliated",
                "02",
                "Trực thuộc",
                "TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY CƠ SỞ CHƯA ĐẠT TRONG SẠCH, VỮNG MẠNH",
            ),
        ),
    ),
    Indicator(
        "members_well",
        LevelShare(Subject.MEMBER, Meaning.WELL),
        Words(
            label=_("Members performing well"),
            rule=_("members performing well or better, of those rated"),
            name=_("Members performing their tasks well"),
            short=_("Members, well or better"),
            base=_("of the members rated"),
            noun="member",
        ),
        Paper("dang_vien_tot", column="Hoàn thành tốt nhiệm vụ trở lên", by_unit="Đảng viên HTTNV trở lên"),
    ),
    Indicator(
        "village_heads_members",
        HeadShare(
            state="member",
            reading=_("probationary members included"),
            parts_called=PartWords(
                (_("Head is a member"), _("Head is not a member"), _("Vacant")),
                (_("head is a member"), _("head is not a member"), _("without a head")),
            ),
            without="probationary",
            without_reading=_("without probationary members"),
        ),
        Words(
            label=_("Village heads who are members"),
            rule=_("villages whose head on 31 December is a member, of those with a head in post"),
            name=_("Village heads who are party members"),
            short=_("Heads who are members"),
            base=_("of the villages with a head"),
            noun="village",
        ),
        Paper(
            field="thon_truong_dang_vien",
            by_unit="Thôn trưởng là đảng viên",
            lists=(
                WordList("ds_thon_truong_chua_dang_vien", "missed", _("villages whose head is not a member")),
                WordList("ds_thon_khuyet_truong", "unrated", _("villages without a head")),
            ),
        ),
        columns=("head",),
    ),
    Indicator(
        "admissions_term",
        AdmissionCount(
            "term",
            _("admitted in the province"),
            ADMITTED,
            "term_outside",
            _("with those admitted outside the province"),
        ),
        Words(
            label=_("Admissions of the term"),
            rule=_("members admitted in the province over the term"),
            name=_("Admissions of the term"),
            short=_("Admissions of the term"),
            base=_("persons"),
            noun="person",
        ),
        Paper("ket_nap"),
        of_units=False,
    ),
    Indicator(
        "villages_without_cell",
        VillageCount(
            "without_cell",
            _("a shared cell counts as a cell"),
            "shared_cell",
            _("with those that share a cell"),
        ),
        Words(
            label=_("Villages without a cell"),
            rule=_("villages without a cell on 31 December"),
            name=_("Villages without a party organization"),
            short=_("No organization"),
            base=_("none to be blank again"),
            noun="village",
        ),
        Paper(
            field="thon_chua_co_to_chuc",
            lists=(WordList("ds_thon_chua_co_to_chuc", "met", _("villages without a party organization")),),
        ),
        columns=("members",),
    ),
    Indicator(
        "villages_without_member",
        VillageCount("without_member", _("exempt members count as members")),
        Words(
            label=_("Villages without a member"),
            rule=_("villages without a cell, or whose cell has no member, on 31 December"),
            name=_("Villages without a party member"),
            short=_("No member"),
            base=_("none to be blank again"),
            noun="village",
        ),
        Paper(
            field="thon_chua_co_dang_vien",
            lists=(WordList("ds_thon_chua_co_dang_vien", "met", _("villages without a party member")),),
        ),
        columns=("members",),
    ),
    Indicator(
        "villages_blank_again_cell",
        VillageCount("blank_again_cell", _("had a cell on an earlier day")),
        Words(
            label=_("Villages blank again of a cell"),
            rule=_("villages without a cell that had one on an earlier day"),
            name=_("Villages blank again of a party organization"),
            short=_("Blank again, organization"),
            base=_("that had one before"),
            noun="village",
            beside=_("%(n)s blank again"),
            attention=_("%(villages)s blank again"),
        ),
        Paper(
            field="thon_tai_trang_to_chuc",
            lists=(
                WordList(
                    "ds_thon_tai_trang_to_chuc",
                    "met",
                    _("villages blank again of a party organization"),
                ),
            ),
        ),
        beside="villages_without_cell",
        columns=("members",),
    ),
    Indicator(
        "villages_blank_again_member",
        VillageCount("blank_again_member", _("had a member on an earlier day")),
        Words(
            label=_("Villages blank again of members"),
            rule=_("villages without a member whose cell had one on an earlier day"),
            name=_("Villages blank again of party members"),
            short=_("Blank again, members"),
            base=_("that had one before"),
            noun="village",
            beside=_("%(n)s blank again"),
            attention=_("%(villages)s blank again"),
        ),
        Paper(
            field="thon_tai_trang_dang_vien",
            lists=(
                WordList("ds_thon_tai_trang_dang_vien", "met", _("villages blank again of party members")),
            ),
        ),
        beside="villages_without_member",
        columns=("members",),
    ),
)

INDICATORS = by_code(_ENTRIES)
"""By code, in the order of the target sheet."""
CURRENT = Indicator(
    "admissions_current",
    AdmissionCount(
        "current",
        _("admitted in the province"),
        ADMITTED,
        "current_outside",
        _("with those admitted outside the province"),
        of_current=True,
    ),
    Words(
        label=_("Admissions of the current term"),
        rule=_("members admitted in the province over the term in which the year ends"),
        name=_("Admissions of the current term"),
        short=_("Admissions, current term"),
        base=_("persons"),
        noun="person",
    ),
    Paper("ket_nap_nhiem_ky_nay"),
    of_units=False,
)
"""The admissions of the term in which a year ends: no figure of the resolution once its own term is over,
so it is none of INDICATORS; a target may be set on it."""
BUILT_IN: Mapping[str, Indicator] = ChainMap(INDICATORS, {CURRENT.code: CURRENT})
"""Every indicator that stands in the code; those of counts are made of the Board's rows
(assessments/figures/count_indicators.py)."""
HEADS = INDICATORS["village_heads_members"]
"""The one with milestones of its own page."""
ADMISSIONS = INDICATORS["admissions_term"]


def rows_of(rules: YearRules, year: int) -> list[Indicator]:
    """Those with a row in the target sheet of a year: in place of the resolution's term, once it is over,
    stands the current one; in the year in which one follows the other both do."""
    current, own = rules.current_term(year), rules.term
    if current is None or own is None or current == own:
        return in_rows()
    told = [CURRENT] if year > own.ends_on.year else [ADMISSIONS, CURRENT]
    return [one for row in in_rows() for one in (told if row == ADMISSIONS else [row])]


def in_rows() -> list[Indicator]:
    """Those with a row of their own on the overview, in the history and a chart."""
    return [one for one in INDICATORS.values() if not one.beside]


def beside(code: str) -> list[Indicator]:
    """Those told in the row of another."""
    return [one for one in INDICATORS.values() if one.beside == code]


def of_units() -> list[Indicator]:
    """Those by which units stand beside each other; what villages say comes last."""
    found = [one for one in in_rows() if one.of_units]
    return sorted(found, key=lambda one: one.is_of_villages)


def rated_by(subject: str) -> list[Indicator]:
    """The shares by levels of a subject."""
    found = INDICATORS.values()
    return [one for one in found if one.counted.is_rated and one.subject == subject]


def over_states(subject: str, known: Container[str]) -> list[Indicator]:
    """Those of a subject over a state that is not among `known`."""
    found = (one for one in INDICATORS.values() if one.subject == subject)
    return [one for one in found if not one.counted.is_rated and one.cells.have not in known]


def leading(subject: str) -> Indicator:
    """The share that stands for a rated subject where only one is shown: the first declared."""
    return rated_by(subject)[0]


def leads() -> list[Indicator]:
    """The leading share of each rated subject."""
    rated = (one for one in INDICATORS.values() if one.counted.is_rated)
    return [one for one in rated if one == leading(one.subject)]
