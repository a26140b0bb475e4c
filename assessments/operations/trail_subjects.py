"""What the actions of the trail are about, and how each is named."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from assessments.entry.counts.rules import told
from assessments.entry.records.models import Record
from assessments.figures.indicators import BUILT_IN
from assessments.reports.issued.models import DocumentKind, DocumentTemplate
from assessments.reports.issued.names import issuable
from assessments.reports.offices.letterhead import TEXTS
from assessments.reports.offices.models import Office
from assessments.review.supplements.models import Supplement
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.discipline import CELLS
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import ReportedNote, Subject, Tally
from assessments.rules.catalog import RULES
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.deadlines import Deadline, OtherYearEnd
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Meaning, Reading, Scheme
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target, Term
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.kinds.listed import title_of
from assessments.workbooks.models import Layout, Upload
from orgs.models import Organization, Village
from orgs.trail.words import Key, Of, Reference, Tell, as_text, chosen, counted, keys_of
from resolution03.lib.bulk import column

_DOCUMENT = ("document_number", "document_date", "issuer")
_SUBJECT = {"subject": Key(_("subject"), chosen(Subject))}
_FILE = {"file": Key(_("file")), "sha256": Key(_("check code"))}
_BY_LEVEL = keys_of(
    OrganizationLine,
    "reason",
    "note",
    "deciding_body",
    "decision_number",
    "decided_on",
    "return_reason",
    "accepted",
    "dropped",
) | {
    key: Key(column(OrganizationLine, name).verbose_name, refers_to=reference)
    for name in ("self_rated", "proposed", "decided")
    for key, reference in ((name, None), (f"{name}_id", Reference(Level)))
}
_DISCIPLINE = {
    "organization_reprimand": _("reprimand of the organization"),
    "organization_warning": _("warning of the organization"),
    "organization_dissolution": _("dissolution of the organization"),
    "member_reprimand": _("reprimand of members"),
    "member_warning": _("warning of members"),
    "member_removal": _("removal of members from office"),
    "member_expulsion": _("expulsion of members"),
    "committee_any": _("discipline of members of the committee"),
}


def _rows_by_kind(value: object, state) -> str:
    """How many rows of each kind a workbook holds."""
    if not isinstance(value, dict):
        return as_text(value, state)
    return ", ".join(f"{title_of(kind)}: {counted(rows, {})}" for kind, rows in value.items())


def _kind(name: object, state) -> str:
    """A kind of workbook by its title."""
    return title_of(str(name)) if name else ""


def _cap(code: object, state) -> str:
    """A cap is known by its subject and level."""
    subject, _blank, level = str(code).partition(" ")
    return f"{chosen(dict(Cap._meta.get_field('subject').flatchoices))(subject, state)} {level}"


def _titled(found: dict) -> Tell:
    return chosen({str(code): words for code, words in found.items()})


def _built_in(code: object, state) -> str:
    """An indicator by its name, where it is no count's."""
    return str(BUILT_IN[str(code)].words.name) if code in BUILT_IN else as_text(code, state)


def _refers(name: str, words: object, to: Reference) -> dict[str, Key]:
    """A reference as actions write it, and as undoing them does."""
    return {key: Key(words, refers_to=to) for key in (name, f"{name}_id")}


_INDICATOR = Key(_("indicator"), _built_in, refers_to=Reference(Activity, "code", "name"), known=BUILT_IN)
YEAR = Of(RatingYear, keys_of(RatingYear, "state", "is_shown"))
GROUPED = Of(Organization, {"group": Key(_("group"))}, words=_("unit"))
VILLAGE_WAY = Of(Village, {"year": Key(_("year")), "way": Key(_("way"))})
SUBMISSION = Of(
    Submission,
    {
        "state": Key(_("state"), chosen(dict(Submission._meta.get_field("state").flatchoices))),
        "rows": Key(_("rows returned"), counted),
        "changes": Key(_("changes of the list"), counted),
        "year": Key(_("year")),
        "rest": Key(_("the other rows"), chosen({"accepted": _("accepted")})),
    },
)
COUNTED_UNIT = replace(SUBMISSION, names_keys=True)
DEADLINE = Of(Deadline, keys_of(Deadline, "stage", "due_on") | {"year": Key(_("year"))})
OTHER_YEAR_END = Of(
    OtherYearEnd,
    keys_of(OtherYearEnd, "type_label")
    | {"unit": Key(_("unit"), refers_to=Reference(Organization, "code", "name"))},
)
ORGANIZATION_LINE = Of(
    OrganizationLine, _BY_LEVEL | keys_of(OrganizationLine, "awarded") | {"code": Key(_("code"))}
)
MEMBER_LINE = Of(
    MemberLine,
    _BY_LEVEL | {"code": Key(_("code"))},
    code_from=Reference(MemberLine, told_by="member__code"),
)
DISCIPLINED = Of(OrganizationLine, {key: Key(_DISCIPLINE[key], counted) for key in CELLS})
COUNTED = Of(OrganizationLine, {}, names_keys=True)
SUPPLEMENT = Of(
    Supplement,
    keys_of(Supplement, "state")
    | {
        "year": Key(_("year")),
        "number": Key(_("supplement number")),
        "revision": Key(_("revision")),
    },
)
TOTAL = Of(
    Tally,
    _SUBJECT
    | {
        "year": Key(_("year")),
        "level": Key(_("level"), chosen({"total": _("total")})),
        "count": Key(_("count"), counted),
        "total": Key(_("total"), counted),
        "code": Key(_("code")),
    },
)
TOTAL_NOTE = Of(ReportedNote, keys_of(ReportedNote, "text"))
ACTIVITY_COUNT = Of(
    ActivityCount,
    {"count": Key(_("count"), counted), "code": Key(_("code"))},
    words=Activity._meta.verbose_name,
)
RECORD = Of(
    Record,
    keys_of(Record, "kind", "on", "number", "title", "level", "file_kind")
    | {
        name: Key(column(Record, name).verbose_name, counted)
        for name in ("participants", "prizes", "classes", "persons", "school_persons", "funds")
    }
    | {
        "answers": Key(
            column(Record, "answers").verbose_name, refers_to=Reference(ReviewDue, told_by="name")
        ),
        "sha256": Key(_("check code")),
    },
)
RULES_OF_ENTRY = Of(
    RuleSwitch, keys_of(RuleSwitch, "is_on"), code=_titled({code: rule.title for code, rule in RULES.items()})
)
SCHEME = Of(Scheme, keys_of(Scheme, "name", "first_year", "last_year", "break_note", *_DOCUMENT))
_SCHEME = {"scheme": Key(_("rating scheme"), refers_to=Reference(Scheme, told_by="name"))}
LEVEL = Of(Level, _SCHEME | keys_of(Level, "subject", "code", "name", "rank"))
READING = Of(
    Reading,
    keys_of(Reading, "meaning", "name", "in_use", *_DOCUMENT) | _SCHEME | {"levels": Key(_("levels"))},
    code=chosen(Meaning),
)
TARGET = Of(
    Target,
    keys_of(
        Target, "scope", "comparison", "first_year", "last_year", "due", "is_guiding", "article", *_DOCUMENT
    )
    | {"indicator": _INDICATOR, "value": Key(_("value"), counted)}
    | _refers("set", _("set of targets"), Reference(TargetSet)),
    code=_INDICATOR,
)
TARGET_SET = Of(
    TargetSet,
    keys_of(TargetSet, "code", "name", "title", "short_name", "is_default", *_DOCUMENT),
)
QUOTA = Of(
    Quota,
    {
        "value": Key(_("value"), counted),
        "indicator": _INDICATOR,
        "target_id": Key(_("target"), refers_to=Reference(Target, told_by="indicator")),
        "code": Key(_("code")),
    },
)
CAP = Of(
    Cap,
    keys_of(
        Cap,
        "subject",
        "level_code",
        "base",
        "base_level_code",
        "group",
        "least_size",
        "first_year",
        "last_year",
        "is_default",
        "article",
        *_DOCUMENT,
    )
    | {"percent": Key(_("percent"), counted)},
    code=_cap,
)
CAP_EXCEPTION = Of(
    CapException,
    keys_of(CapException, "year", "subject", "level_code", *_DOCUMENT)
    | {"percent": Key(_("percent"), counted)}
    | _refers("unit", _("unit"), Reference(Organization, told_by="name")),
)
LIKE_GROUP = Of(LikeGroup, keys_of(LikeGroup, "name", "by", "entries", *_DOCUMENT))
RISK_AGE = Of(RiskAge, keys_of(RiskAge, "age", "first_year", *_DOCUMENT))
TERM = Of(Term, keys_of(Term, "name", "starts_on", "ends_on", "is_target_term", *_DOCUMENT))
ACTIVITY = Of(
    Activity,
    keys_of(
        Activity,
        "code",
        "name",
        "short_name",
        "group",
        "clause",
        "document",
        "measure",
        "level",
        "period",
        "source",
        "register",
        "size",
        "is_monthly",
        "is_average",
        "direction",
        "of_villages",
        "adds_up",
        "is_off",
        "form",
    )
    | {
        "first_year": Key(_("first year")),
        "last_year": Key(_("last year")),
        "position": Key(_("position in lists")),
        "checks": Key(_("checks"), told),
    }
    | _refers("denominator", _("share of the count"), Reference(Activity, told_by="short_name"))
    | _refers("less", _("less the count"), Reference(Activity, told_by="short_name")),
)
COUNT_CHECK = Of(
    CountCheck,
    keys_of(CountCheck, "times", "relation", "size", "register", "is_monthly", "is_hard")
    | {"code": Key(_("code"))}
    | _refers("activity", _("yearly count"), Reference(Activity, told_by="short_name"))
    | _refers("plus", _("together with"), Reference(Activity, told_by="short_name"))
    | _refers("other", _("another count"), Reference(Activity, told_by="short_name"))
    | _refers("less", _("less the count"), Reference(Activity, told_by="short_name")),
)
UNRATED_REASON = Of(
    UnratedReason,
    keys_of(
        UnratedReason,
        "text",
        "for_organizations",
        "for_members",
        "first_year",
        "is_offered",
        "known",
        "position",
        *_DOCUMENT,
    ),
)
REVIEW_DUE = Of(ReviewDue, keys_of(ReviewDue, "kind", "name", "due_on", *_DOCUMENT))
RULES_OF_FIGURES = (
    SCHEME,
    LEVEL,
    READING,
    TARGET_SET,
    TARGET,
    QUOTA,
    CAP,
    CAP_EXCEPTION,
    LIKE_GROUP,
    TERM,
    RISK_AGE,
    ACTIVITY,
    COUNT_CHECK,
    UNRATED_REASON,
    REVIEW_DUE,
)


def coded(about: Of) -> Of:
    """The same, of which the code alone may be told: what goes again."""
    return replace(about, keys={**about.keys, "code": Key(_("code"))})


OFFICE = Of(
    Office,
    keys_of(Office, *(name for name in TEXTS if name not in ("signer", "preparer")), "spelling")
    | keys_of(Office, "signer", "preparer", of_person=True),
)
LAYOUT = Of(Layout, keys_of(Layout, "name") | {"kind": Key(_("kind of sheet"), _kind)})
UPLOAD = Of(Upload, _FILE | keys_of(Upload, "due_on"))
PREPARED = Of(
    Organization,
    {
        "key": Key(_("number of the workbook")),
        "year": Key(_("year")),
        "rows": Key(_("rows"), _rows_by_kind),
    },
)
TEMPLATE = Of(
    DocumentTemplate,
    {
        "kind": Key(_("document"), chosen(DocumentKind)),
        "file_name": Key(_("file")),
        "sha256": Key(_("check code")),
    },
    code=chosen(DocumentKind),
)
REPORT = Of(
    RatingYear,
    {
        "report": Key(_("report"), _titled({slug: report.title for slug, report in issuable().items()})),
        "number": Key(_("number in the ledger")),
        "unit": Key(_("unit"), refers_to=Reference(Organization, "code", "name")),
        "revision": Key(_("revision")),
        "sha256": Key(_("check code")),
    },
)
