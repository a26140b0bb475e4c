"""The short reasons that units wrote where a rule asks for one: by the review itself, in bulk."""

from collections import Counter
from collections.abc import Collection
from random import Random

from django.db.models import Count

from assessments.roster.facts import whole_review
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.exceptions import Exceptional
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from resolution03.lib import bulk

NOTES = {
    Exceptional.ABOVE_SELF: (
        "Tự xếp loại thấp hơn kết quả công việc, theo biên bản họp xét",
        "Xét lại theo kết quả quý IV",
        "Hoàn thành nhiệm vụ đột xuất được cấp trên ghi nhận",
    ),
    Exceptional.OVER_CAP: (
        "Tập thể dẫn đầu được Ban Thường vụ đồng ý bằng văn bản",
        "Vượt trần một trường hợp, đã xin ý kiến Ban Thường vụ",
    ),
    Exceptional.RECENT_RATED: ("Đã có thời gian công tác dài tại cơ sở, chi bộ thống nhất xếp loại",),
    Exceptional.DISCIPLINE: (
        "Kỷ luật do vi phạm từ những năm trước, đã khắc phục xong",
        "Tổ chức tự phát hiện và xử lý kịp thời, theo kết luận kiểm tra",
    ),
    Exceptional.JUMP: (
        "So với năm trước, theo biên bản họp xét và báo cáo công tác năm",
        "Nhiệm vụ được giao thay đổi nhiều so với năm trước",
        "Theo kết quả thực hiện kế hoạch năm, có số liệu kèm theo",
    ),
}


OVER = 2


def exceed(year: RatingYear, unit: str) -> None:
    """Let the largest grassroots organization of a unit, by code, go over its cap on members."""
    cap = rules_of(year).caps_of("member")[0]
    lines = MemberLine.objects.filter(year=year, unit__code=unit, decided__isnull=False)
    places = lines.order_by().values_list("grassroots").annotate(members=Count("pk"))
    largest = places.order_by("-members", "grassroots").first()
    lines = lines.filter(grassroots=largest[0]) if largest else lines.none()
    levels = Counter(lines.values_list("decided__code", flat=True))
    before = levels[cap.level_code]
    while levels[cap.base_level_code] and levels[cap.level_code] < cap.allowance(levels) + OVER:
        levels.update({cap.level_code: 1, cap.base_level_code: -1})
    best = Level.objects.get(scheme=year.scheme_id, subject="member", code=cap.level_code)
    base = lines.filter(decided__code=cap.base_level_code).order_by("pk")
    chosen = list(base.values_list("pk", flat=True)[: levels[cap.level_code] - before])
    MemberLine.objects.filter(pk__in=chosen).update(self_rated=best, proposed=best, decided=best)


def explain(year: RatingYear, units: Collection[int], chance: Random) -> None:
    """Write a reason into every row of `units` that owes one."""
    lines = [
        model.objects.filter(year=year, unit__in=units).in_roster().order_by("pk")
        for model in (OrganizationLine, MemberLine)
    ]
    for found, rows in zip(whole_review(year, *lines), lines, strict=True):
        owed = sorted(found.unexplained.items())
        bulk.update(rows.model, ["note"], ((pk, chance.choice(NOTES[rule])) for pk, rule in owed))
