from assessments.models.deadlines import Deadline, Stage
from assessments.models.discipline import CELLS, FORMS_OF, Discipline, Disciplined, DisciplineForm
from assessments.models.notices import NoticesRead
from assessments.models.ratings import RatingRevision
from assessments.models.roster import (
    HeadState,
    Kind,
    MemberLine,
    Movement,
    MovementKind,
    OrganizationLine,
    VillageLine,
)
from assessments.models.rule_switches import RuleSwitch
from assessments.models.schemes import Level, Meaning, RatedSubject, Reading, Scheme
from assessments.models.supplements import Supplement, SupplementLine, SupplementState
from assessments.models.tallies import ReportedNote, Subject, Tally
from assessments.models.targets import Cap, CapBase, CapGroup, Comparison, Target, Term
from assessments.models.uploads import Upload
from assessments.models.years import (
    RatingYear,
    RevisionKind,
    Submission,
    SubmissionState,
    YearRevision,
    YearState,
)

__all__ = [
    "CELLS",
    "Cap",
    "CapBase",
    "CapGroup",
    "Comparison",
    "Deadline",
    "Discipline",
    "DisciplineForm",
    "Disciplined",
    "FORMS_OF",
    "HeadState",
    "Kind",
    "Level",
    "Meaning",
    "MemberLine",
    "Movement",
    "MovementKind",
    "NoticesRead",
    "OrganizationLine",
    "RatedSubject",
    "RatingRevision",
    "RatingYear",
    "Reading",
    "ReportedNote",
    "RevisionKind",
    "RuleSwitch",
    "Scheme",
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
