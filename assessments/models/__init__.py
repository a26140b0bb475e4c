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
from assessments.models.schemes import Level, Meaning, RatedSubject, Reading, Scheme
from assessments.models.tallies import Subject, Tally
from assessments.models.targets import Cap, CapBase, CapGroup, Comparison, Target, Term
from assessments.models.uploads import Upload
from assessments.models.years import (
    RatingYear,
    Submission,
    SubmissionState,
    YearRevision,
    YearState,
)

__all__ = [
    "Cap",
    "CapBase",
    "CapGroup",
    "Comparison",
    "HeadState",
    "Kind",
    "Level",
    "Meaning",
    "MemberLine",
    "Movement",
    "MovementKind",
    "OrganizationLine",
    "RatedSubject",
    "RatingRevision",
    "RatingYear",
    "Reading",
    "Scheme",
    "Subject",
    "Submission",
    "SubmissionState",
    "Tally",
    "Target",
    "Term",
    "Upload",
    "VillageLine",
    "YearRevision",
    "YearState",
]
