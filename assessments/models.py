"""Every model of the room, for Django alone: the rooms name each other's models where they stand."""

from assessments.entry.records.models import Record
from assessments.figures.heads.models import HeadWay
from assessments.registers.undoing.models import ActDone, BatchRows
from assessments.reports.issued.models import DocumentTemplate, IssuedReport
from assessments.reports.offices.models import Office
from assessments.review.supplements.models import Supplement, SupplementCount, SupplementLine
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.movements import Movement
from assessments.roster.models.read_marks import NoticesRead
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import ReportedNote, Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.deadlines import Deadline, OtherYearEnd
from assessments.rules.models.groups import UnitGroup
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target, Term
from assessments.rules.models.years import RatingYear, Submission, YearRevision
from assessments.workbooks.models import Layout, PlannedRow, PreparedWorkbook, Upload

__all__ = [
    "ActDone",
    "Activity",
    "ActivityCount",
    "BatchRows",
    "Cap",
    "CapException",
    "CountCheck",
    "Deadline",
    "Discipline",
    "DocumentTemplate",
    "HeadWay",
    "IssuedReport",
    "Layout",
    "Level",
    "LikeGroup",
    "ListChange",
    "MemberLine",
    "Movement",
    "NoticesRead",
    "Office",
    "OrganizationLine",
    "OtherYearEnd",
    "PaperTotal",
    "PlannedRow",
    "PreparedWorkbook",
    "Quota",
    "RatingRevision",
    "RatingYear",
    "Reading",
    "Record",
    "ReportedNote",
    "ReviewDue",
    "RiskAge",
    "RuleSwitch",
    "Scheme",
    "Submission",
    "Supplement",
    "SupplementCount",
    "SupplementLine",
    "Tally",
    "Target",
    "TargetSet",
    "Term",
    "UnitGroup",
    "UnratedReason",
    "Upload",
    "VillageLine",
    "YearRevision",
]
