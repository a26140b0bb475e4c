from assessments.entry.counts.models import Activity, ActivityCount
from assessments.reports.models.issued import DocumentKind, DocumentTemplate, IssuedReport
from assessments.reports.models.offices import Office, Spelling
from assessments.review.supplements.models import Supplement, SupplementLine, SupplementState
from assessments.roster.models.discipline import CELLS, FORMS_OF, Discipline, Disciplined, DisciplineForm
from assessments.roster.models.lines import (
    HeadState,
    Kind,
    MemberLine,
    Movement,
    MovementKind,
    OrganizationLine,
    VillageLine,
)
from assessments.roster.models.read_marks import NoticesRead
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import ReportedNote, Subject, Tally
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.schemes import Level, Meaning, RatedSubject, Reading, Scheme
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.targets import Cap, CapBase, CapGroup, Comparison, Target, Term
from assessments.rules.models.years import (
    RatingYear,
    RevisionKind,
    Submission,
    SubmissionState,
    YearRevision,
    YearState,
)
from assessments.workbooks.models import (
    BatchRows,
    BatchState,
    Layout,
    PlannedRow,
    PlannedStatus,
    PreparedWorkbook,
    Upload,
)

__all__ = [
    "Activity",
    "ActivityCount",
    "BatchRows",
    "CELLS",
    "Cap",
    "CapBase",
    "CapGroup",
    "Comparison",
    "Deadline",
    "Discipline",
    "DisciplineForm",
    "Disciplined",
    "DocumentKind",
    "DocumentTemplate",
    "FORMS_OF",
    "HeadState",
    "IssuedReport",
    "Kind",
    "Layout",
    "Level",
    "Meaning",
    "MemberLine",
    "Movement",
    "MovementKind",
    "NoticesRead",
    "Office",
    "OrganizationLine",
    "BatchState",
    "PlannedRow",
    "PlannedStatus",
    "PreparedWorkbook",
    "RatedSubject",
    "RatingRevision",
    "RatingYear",
    "Reading",
    "ReportedNote",
    "RevisionKind",
    "RuleSwitch",
    "Scheme",
    "Spelling",
    "Stage",
    "Subject",
    "Submission",
    "SubmissionState",
    "Supplement",
    "SupplementLine",
    "SupplementState",
    "Tally",
    "Target",
    "Term",
    "Upload",
    "VillageLine",
    "YearRevision",
    "YearState",
]
