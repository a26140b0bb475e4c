"""Invented sets of targets beside the resolution's: a congress's term, and a plan that assigns admissions."""

from datetime import date

from assessments.rules.models.target_sets import Quota, TargetScope, TargetSet
from assessments.rules.models.targets import Comparison, Target
from orgs.models import Organization

CONGRESS = {
    "code": "DH16",
    "name": "Nghị quyết Đại hội XVI",
    "title": "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVI",
    "short_name": "ĐH XVI",
    "document_number": "NQ ĐH XVI (hư cấu)",
    "document_date": date(2020, 9, 25),
    "issuer": "Đại hội Đảng bộ tỉnh",
}
PLAN = {
    "code": "KH2025",
    "name": "Kế hoạch giao chỉ tiêu kết nạp 2025-2030",
    "title": "Kế hoạch giao chỉ tiêu kết nạp đảng viên 2025-2030",
    "short_name": "KH 2025",
    "document_number": "KH 05-KH/TU (hư cấu)",
    "document_date": date(2025, 10, 20),
    "issuer": "Ban Thường vụ Tỉnh ủy",
}
ADMITTED = {"indicator": "admissions_current", "comparison": Comparison.AT_LEAST}


def enter() -> None:
    """Before the first year is opened, so that closing freezes them."""
    congress, plan = (TargetSet.objects.create(**words) for words in (CONGRESS, PLAN))
    Target.objects.create(
        set=congress,
        value=5000,
        scope=TargetScope.PROVINCE,
        first_year=2020,
        last_year=2025,
        due=2025,
        **ADMITTED,
    )
    assigned = Target.objects.create(set=plan, scope=TargetScope.QUOTA, first_year=2025, **ADMITTED)
    units = Organization.objects.filter(parent__parent=None, parent__isnull=False).order_by("position", "pk")
    Quota.objects.bulk_create(
        Quota(target=assigned, unit=unit, value=15 + 5 * (place % 4)) for place, unit in enumerate(units)
    )
