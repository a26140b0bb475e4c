"""What is there after `migrate` alone: schemes, crosswalk, targets, caps, the term, yearly counts.

Sources: HD 27-HD/BTCTW (2014), HD 16-HD/BTCTW (2018), HD 21-HD/BTCTW (2019), HD 25-HD/BTCTW (2023),
QĐ 366-QĐ/TW (2025); NQ 03-NQ/TU of 8/8/2016, parts I.2, II.5. Written once by a migration; from then
on the Board's rows hold.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

ISSUERS = {
    ("NQ 03-NQ/TU", date(2016, 8, 8)): "Tỉnh ủy Kon Tum",
    ("HD 27-HD/BTCTW", date(2014, 9, 25)): "Ban Tổ chức Trung ương",
    ("HD 16-HD/BTCTW", date(2018, 9, 24)): "Ban Tổ chức Trung ương",
    ("HD 21-HD/BTCTW", date(2019, 10, 18)): "Ban Tổ chức Trung ương",
    ("HD 25-HD/BTCTW", date(2023, 11, 10)): "Ban Tổ chức Trung ương",
    ("QĐ 366-QĐ/TW", date(2025, 8, 30)): "Bộ Chính trị",
}
"""Who issued the documents named here, by number and date."""
RESOLUTION: dict[str, Any] = {"document_number": "NQ 03-NQ/TU", "document_date": date(2016, 8, 8)}
DEFAULT_SET = {
    "code": "NQ03",
    "name": "Nghị quyết 03-NQ/TU",
    "title": "Nghị quyết số 03-NQ/TU",
    "short_name": "NQ 03",
}
GUIDING = ("village_heads_members",)
"""The indicators whose targets the resolution gives as a direction ("định hướng")."""

_FORMER_ORGANIZATION_LEVELS = [
    ("TSVMTB", "Trong sạch, vững mạnh tiêu biểu"),
    ("TSVM", "Trong sạch, vững mạnh"),
    ("HTTNV", "Hoàn thành tốt nhiệm vụ"),
    ("HTNV", "Hoàn thành nhiệm vụ"),
    ("YK", "Yếu kém"),
]
_FORMER_MEMBER_LEVELS = [
    ("HTXSNV", "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ"),
    ("HTTNV", "Đủ tư cách, hoàn thành tốt nhiệm vụ"),
    ("HTNV", "Đủ tư cách, hoàn thành nhiệm vụ"),
    ("KHTNV", "Vi phạm tư cách hoặc không hoàn thành nhiệm vụ"),
]
_LEVELS = [
    ("HTXSNV", "Hoàn thành xuất sắc nhiệm vụ"),
    ("HTTNV", "Hoàn thành tốt nhiệm vụ"),
    ("HTNV", "Hoàn thành nhiệm vụ"),
    ("KHTNV", "Không hoàn thành nhiệm vụ"),
]
_WELL = [
    ("well", "Hoàn thành tốt nhiệm vụ trở lên (HTXSNV và HTTNV)", ["HTXSNV", "HTTNV"], True),
    ("well", "chỉ mức HTTNV", ["HTTNV"], False),
]
_FORMER_READINGS = [
    ("strong", "Trong sạch, vững mạnh, gồm cả tiêu biểu", ["TSVMTB", "TSVM"], True),
    ("exemplary", "Trong sạch, vững mạnh tiêu biểu", ["TSVMTB"], True),
    *_WELL,
]
_READINGS = [
    ("strong", "Hoàn thành tốt nhiệm vụ trở lên (HTXSNV và HTTNV)", ["HTXSNV", "HTTNV"], True),
    ("strong", "chỉ mức HTXSNV", ["HTXSNV"], False),
    ("exemplary", "Hoàn thành xuất sắc nhiệm vụ (HTXSNV)", ["HTXSNV"], True),
    *_WELL,
]
_IS_THE_SCHEMES_OWN, _AWAITS_THE_BOARD = True, False
_FORMER = (
    _FORMER_ORGANIZATION_LEVELS,
    _FORMER_MEMBER_LEVELS,
    _FORMER_READINGS,
    _IS_THE_SCHEMES_OWN,
)
_PRESENT = (_LEVELS, _LEVELS, _READINGS, _AWAITS_THE_BOARD)

SCHEMES = [
    (2014, 2017, "HD 27-HD/BTCTW", date(2014, 9, 25), _FORMER),
    (2018, 2018, "HD 16-HD/BTCTW", date(2018, 9, 24), _PRESENT),
    (2019, 2022, "HD 21-HD/BTCTW", date(2019, 10, 18), _PRESENT),
    (2023, 2024, "HD 25-HD/BTCTW", date(2023, 11, 10), _PRESENT),
    (2025, None, "QĐ 366-QĐ/TW", date(2025, 8, 30), _PRESENT),
]

BREAK_NOTES = {2018: "đổi bộ mức", 2025: "chấm theo điểm"}

TARGETS = [
    # indicator, comparison, value, first year, last year, due, article
    ("grassroots_strong", ">=", 50, 2016, None, None, "I.2"),
    ("grassroots_exemplary", ">", 15, 2016, None, None, "I.2"),
    ("affiliated_strong", ">", 60, 2016, None, None, "I.2"),
    ("members_well", ">", 70, 2016, None, None, "I.2"),
    ("village_heads_members", ">", 60, None, 2018, 2018, "II.5"),
    ("village_heads_members", ">", 70, 2019, 2020, 2020, "II.5"),
    ("village_heads_members", ">", 90, 2021, 2025, 2025, "II.5"),
    ("admissions_term", ">", 5000, None, None, None, "I.2"),
    ("villages_without_cell", "<=", 0, None, None, None, "I.2"),
    ("villages_without_member", "<=", 0, None, None, None, "II.5"),
    ("villages_blank_again_cell", "<=", 0, None, None, None, "I.2"),
    ("villages_blank_again_member", "<=", 0, None, None, None, "II.5"),
]
_PROVINCE_ONLY = {"admissions_term"}

CAPS = [
    # subject, level, percent, base, level of the base, group, first year
    ("member", "HTXSNV", 20, "level", "HTTNV", "grassroots", 2019),
    ("grassroots", "HTXSNV", 20, "rated", "", "unit", 2019),
    ("affiliated", "HTXSNV", 20, "rated", "", "unit", 2019),
]
CAPS_FROM_2025: dict[str, Any] = {
    "base": "level",
    "base_level_code": "HTTNV",
    "first_year": 2025,
    "last_year": None,
    "document_number": "QĐ 366-QĐ/TW",
    "document_date": date(2025, 8, 30),
    "issuer": "Bộ Chính trị",
    "article": "điều 11",
}
"""What differs of those of organizations from rating year 2025 on: of those rated HTTNV, not of all."""
REASONS = [
    # text, for organizations, for members, first year, what the registers tell, document
    ("Mới kết nạp dưới 6 tháng", False, True, 2025, "recent", ("QĐ 366-QĐ/TW", date(2025, 8, 30))),
    ("Bị đình chỉ sinh hoạt đảng", False, True, None, "", ("", None)),
    ("Tổ chức đảng mới thành lập", True, False, None, "", ("", None)),
    ("Chờ quyết định của cấp ủy có thẩm quyền", True, True, None, "", ("", None)),
]
"""Why somebody is not rated (QĐ 366-QĐ/TW, art. 5.2.1; BTCTW's form 6F). Who is sick, on maternity leave or
temporarily away is rated (HD 43-HD/BTCTW, 7.5 and 7.6)."""
TERM = ("2015-2020", date(2015, 10, 1), date(2020, 9, 30))

ACTIVITIES = [
    # code, name, short name, form that shows it, part of the resolution
    ("admitted_women", "Nữ trong số đảng viên kết nạp", "Kết nạp: nữ", "05", "I.2"),
    (
        "admitted_ethnic",
        "Người dân tộc thiểu số trong số đảng viên kết nạp",
        "Kết nạp: dân tộc thiểu số",
        "05",
        "I.2",
    ),
    (
        "admitted_youth_union",
        "Đoàn viên thanh niên trong số đảng viên kết nạp",
        "Kết nạp: đoàn viên",
        "05",
        "I.2",
    ),
    ("cells_with_committee", "Chi bộ có chi ủy", "Chi bộ có chi ủy", "04", "II.5"),
    (
        "cells_meeting_monthly",
        "Chi bộ sinh hoạt định kỳ đủ 12 tháng",
        "Chi bộ sinh hoạt đủ 12 tháng",
        "",
        "II.3",
    ),
    ("thematic_meetings", "Cuộc sinh hoạt chuyên đề của chi bộ", "Cuộc sinh hoạt chuyên đề", "", "II.3"),
    ("members_with_tasks", "Đảng viên được phân công nhiệm vụ", "Được phân công nhiệm vụ", "", "II.4"),
    ("members_for_households", "Đảng viên phụ trách hộ, nhóm hộ", "Phụ trách hộ, nhóm hộ", "", "II.4"),
    ("checks_planned", "Cuộc kiểm tra, giám sát theo kế hoạch", "Kiểm tra, giám sát: kế hoạch", "", "II.6"),
    ("checks_done", "Cuộc kiểm tra, giám sát đã thực hiện", "Kiểm tra, giám sát: đã làm", "", "II.6"),
]
"""What only offices count; the first four are columns of the forms 04 and 05 (DOMAIN §6)."""


def install(apps) -> None:
    """Write the reference rows; `apps` is a migration's or the running registry."""
    for first, last, number, day, (organizations, members, readings, is_own) in SCHEMES:
        scheme = _scheme(apps, first, last, number, day)
        levels = _levels(apps, scheme, organization=organizations, member=members)
        document = {"document_number": number, "document_date": day} if is_own else {}
        _readings(apps, scheme, readings, levels, document)
    _caps(apps)
    name, starts_on, ends_on = TERM
    apps.get_model("assessments", "Term").objects.create(
        name=name, starts_on=starts_on, ends_on=ends_on, is_target_term=True, **RESOLUTION
    )


def _scheme(apps, first, last, number, day):
    years = f"{first} trở đi" if last is None else f"{first}" if last == first else f"{first}-{last}"
    return apps.get_model("assessments", "Scheme").objects.create(
        name=f"{number} ({years})",
        first_year=first,
        last_year=last,
        document_number=number,
        document_date=day,
        break_note=BREAK_NOTES.get(first, ""),
    )


def _levels(apps, scheme, **by_subject) -> dict:
    level = apps.get_model("assessments", "Level")
    return {
        (subject, code): level.objects.create(scheme=scheme, subject=subject, code=code, name=name, rank=rank)
        for subject, levels in by_subject.items()
        for rank, (code, name) in enumerate(levels, start=1)
    }


def _readings(apps, scheme, readings, levels, document: dict) -> None:
    for meaning, name, codes, in_use in readings:
        subject = "member" if meaning == "well" else "organization"
        reading = apps.get_model("assessments", "Reading").objects.create(
            scheme=scheme, meaning=meaning, name=name, in_use=in_use, **document
        )
        reading.levels.set([levels[subject, code] for code in codes])


def install_issuers(apps) -> None:
    """Write who issued it beside each document named here, wherever a rule rests on it."""
    for model in ("Scheme", "Reading", "Target", "Cap", "Term"):
        rows = apps.get_model("assessments", model).objects.filter(issuer="")
        for (number, day), issuer in ISSUERS.items():
            rows.filter(document_number=number, document_date=day).update(issuer=issuer)


def _caps(apps) -> None:
    cap = apps.get_model("assessments", "Cap")
    cap.objects.bulk_create(
        cap(
            subject=subject,
            level_code=level,
            percent=percent,
            base=base,
            base_level_code=base_level,
            group=group,
            first_year=first,
        )
        for subject, level, percent, base, base_level, group, first in CAPS
    )


def install_first_targets(apps) -> None:
    """Write the targets as they were before there were sets."""
    target = apps.get_model("assessments", "Target")
    target.objects.bulk_create(
        target(**row, province_only=row["indicator"] in _PROVINCE_ONLY, **RESOLUTION)
        for row in _target_rows()
    )


def install_target_sets(apps) -> None:
    """Write the default set and its targets."""
    target, of = apps.get_model("assessments", "Target"), install_default_set(apps)
    target.objects.bulk_create(
        target(
            **row,
            set=of,
            scope="province" if row["indicator"] in _PROVINCE_ONLY else "units",
            is_guiding=row["indicator"] in GUIDING,
        )
        for row in _target_rows()
    )


def install_default_set(apps):
    """Write the default set, without targets."""
    return apps.get_model("assessments", "TargetSet").objects.create(
        is_default=True, issuer=ISSUERS[tuple(RESOLUTION.values())], **DEFAULT_SET, **RESOLUTION
    )


def default_set() -> dict:
    """The words of the default set (assessments/rules/target_rules.py), for years closed before there
    were sets."""
    day = RESOLUTION["document_date"]
    cited = f"{RESOLUTION['document_number']}, {day.day}/{day.month}/{day.year}"
    return DEFAULT_SET | {"document": cited, "is_default": True}


def _target_rows() -> Iterator[dict]:
    names = ("indicator", "comparison", "value", "first_year", "last_year", "due", "article")
    return (dict(zip(names, row, strict=True)) for row in TARGETS)


def renew_caps(apps) -> None:
    """Mark the caps that rest on no document as defaults, and end those of organizations with 2024, where
    they are still as they were installed: from 2025 on QĐ 366-QĐ/TW, art. 11, holds. Where the Board changed
    anything its row stays."""
    cap = apps.get_model("assessments", "Cap")
    cap.objects.filter(document_number="").update(is_default=True)
    for subject, level, percent, base, base_level, group, first in CAPS:
        rows = list(cap.objects.filter(subject=subject, level_code=level))
        installed = {"percent": percent, "base": base, "base_level_code": base_level, "group": group}
        installed |= {"first_year": first, "last_year": None, "document_number": "", "document_date": None}
        if base == "rated" and [_columns(row, installed) for row in rows] == [installed]:
            cap.objects.filter(pk=rows[0].pk).update(last_year=CAPS_FROM_2025["first_year"] - 1)
            renewed = installed | CAPS_FROM_2025
            cap.objects.create(subject=subject, level_code=level, is_default=True, **renewed)


def restore_caps(apps) -> None:
    """Take back what `renew_caps` did, where it still stands as it was done."""
    cap = apps.get_model("assessments", "Cap")
    renewed = {**CAPS_FROM_2025, "percent": 20, "group": "unit", "is_default": True}
    for row in cap.objects.filter(**renewed):
        ended = cap.objects.filter(subject=row.subject, level_code=row.level_code, is_default=True)
        row.delete()
        ended.filter(last_year=CAPS_FROM_2025["first_year"] - 1).update(last_year=None)


def _columns(row, names) -> dict:
    return {name: getattr(row, name) for name in names}


def install_reasons(apps) -> None:
    """Write the reasons for which somebody is not rated."""
    reason = apps.get_model("assessments", "UnratedReason")
    reason.objects.bulk_create(
        reason(
            text=text,
            for_organizations=organizations,
            for_members=members,
            first_year=first,
            known=known,
            document_number=number,
            document_date=day,
            issuer=ISSUERS[number, day] if day else "",
            position=position,
        )
        for position, (text, organizations, members, first, known, (number, day)) in enumerate(REASONS, 1)
    )


def install_activities(apps) -> None:
    """Write the yearly counts that offices are asked for."""
    activity = apps.get_model("assessments", "Activity")
    document = RESOLUTION["document_number"]
    activity.objects.bulk_create(
        activity(
            code=code,
            name=name,
            short_name=short_name,
            form=form,
            position=position,
            first_year=2016,
            document=f"{document}, mục {part}",
        )
        for position, (code, name, short_name, form, part) in enumerate(ACTIVITIES, start=1)
    )
