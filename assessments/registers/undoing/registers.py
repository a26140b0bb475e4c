"""The tables of the registers, as loads and acts write them."""

from collections.abc import Mapping

from django.db.models import Model

from assessments.registers.undoing.tables import Table
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import Submission
from members.actions.bulk import HEAD_FIELDS, MEMBER_FIELDS, STAY
from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from orgs.actions.bulk import ORGANIZATION_FIELDS
from orgs.actions.bulk_villages import VILLAGE_FIELDS
from orgs.models import Coverage, FormerForm, FormerName, Organization, Placement, Posting, Village

_STRETCH = ("starts_on", "ends_on", "decision", "decided_on")
_FORMER = ("until", "decision", "decided_on")
_LINEAGE = ("merged_into_id", "split_from_id")
_DECISIONS = (
    "leaving_decision", "leaving_decided_on", "recognition_decision", "recognition_decided_on",
)  # fmt: skip

ORGANIZATIONS = (
    Table(
        Organization,
        ("code", *ORGANIZATION_FIELDS, "dissolution_decided_on", "parent_id", "own_level", *_LINEAGE),
        ("code",),
        code="code",
        path="path",
    ),
    Table(
        Placement,
        ("organization_id", "parent_id", "own_level", *_STRETCH),
        ("organization_id",),
        Organization,
        code="organization__code",
    ),
    Table(
        FormerForm,
        ("organization_id", "form", *_FORMER),
        ("organization_id",),
        Organization,
        code="organization__code",
    ),
    Table(
        FormerName,
        ("organization_id", "name", *_FORMER),
        ("organization_id",),
        Organization,
        code="organization__code",
    ),
)
VILLAGES = (
    Table(
        Village,
        ("code", *VILLAGE_FIELDS, "ending_decided_on", "committee_id", "cell_id", *_LINEAGE),
        ("code",),
        code="code",
        path="committee__path",
    ),
    Table(
        Coverage,
        ("village_id", "committee_id", "cell_id", *_STRETCH),
        ("village_id",),
        Village,
        code="village__code",
    ),
)
MEMBERS = (
    Table(
        Member,
        ("code", *MEMBER_FIELDS, *_DECISIONS, "cell_id"),
        ("code",),
        code="code",
        path="cell__path",
    ),
    Table(
        Membership,
        ("member_id", "cell_id", *_STRETCH),
        ("member_id",),
        Member,
        code="member__code",
    ),
    Table(
        FormerExemption,
        ("member_id", "is_exempt", *_FORMER),
        ("member_id",),
        Member,
        code="member__code",
    ),
    Table(
        PastStay, ("member_id", *STAY, "decision", "decided_on"), ("member_id",), Member, code="member__code"
    ),
)
HEADS = (
    Table(
        VillageHead,
        ("village_id", *HEAD_FIELDS, "starts_on", "member_id"),
        ("village__code",),
        code="village__code",
        path="village__committee__path",
    ),
)
LISTS = (
    Table(
        Submission,
        ("year_id", "unit_id", "code", "name", "position", "state", "since", "submitted_at", "message"),
        ("year", "unit"),
        code="code",
    ),
    Table(
        ListChange,
        ("submission_id", "listed", "who", "before", "after", "state"),
        ("submission",),
        code="code",
    ),
)
"""What the Board holds of units that are merged."""
POSTINGS = (Table(Posting, ("user_id", "organization_id"), ("user_id",), code="user__username"),)

BY_ACTS: Mapping[type[Model], Table] = {
    table.model: table.whole() for table in (*ORGANIZATIONS, *VILLAGES, *MEMBERS, *HEADS, *POSTINGS, *LISTS)
}
"""What acts write, in the order in which the rows refer to each other, with all that is kept of it."""
