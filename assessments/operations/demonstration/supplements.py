"""One supplement to the last closed year, which waits for the Board."""

from datetime import date

from accounts.actors import Actor
from accounts.models import User
from assessments.operations.demonstration.province import LAST_YEAR
from assessments.review.supplements.actions import file_supplement
from assessments.review.supplements.case import Wanted
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear

UNIT = "DH"
REASON = "Xếp loại bổ sung sau kết luận kiểm tra của Ủy ban Kiểm tra Huyện ủy"


def file_one() -> None:
    """The first grassroots organization of the unit that was rated one level below strong."""
    year = RatingYear.objects.get(pk=LAST_YEAR - 1)
    lines = OrganizationLine.objects.filter(year=year, unit__code=UNIT, kind="grassroots")
    line = lines.filter(decided__code="HTNV").select_related("unit", "self_rated").first()
    if line is None:
        return
    own = line.self_rated.code if line.self_rated else ""
    file_supplement(
        by=Actor.of(User.objects.get(username=f"canbo.{UNIT.lower()}")),
        year=year,
        unit=line.unit,
        wanted=[Wanted(f"o{line.pk}", line.version, "HTTNV", own)],
        reason=REASON,
        decision={
            "deciding_body": "Ban Thường vụ Huyện ủy Đắk Hà",
            "decision_number": "214-QĐ/HU",
            "decided_on": date(LAST_YEAR, 4, 8),
        },
    )
