"""Ten years: each opened and closed by the code of a real year, its ratings written in bulk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from accounts.actors import Actor
from accounts.models import User
from assessments.operations.demonstration import counts, discipline, notes, ratings, records, workflow
from assessments.operations.demonstration.deciders import Decision, decisions
from assessments.operations.demonstration.joined import is_joined
from assessments.operations.demonstration.province import LAST_YEAR
from assessments.operations.demonstration.ratings import Candidate
from assessments.review.years import actions as periods
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from assessments.rules.reasons import reasons_of
from assessments.rules.recent import is_recent
from assessments.rules.title import awards_title
from members.models import Member
from orgs.models import Organization
from resolution03.lib.bulk import upsert

UNRATED_SHARE = 0.013
NEW_BODY = "Mới thành lập, chưa đủ thời gian để xếp loại"
REASONS = {
    "organization": ("Đang chờ kết luận kiểm tra", "Đang kiện toàn cấp ủy"),
    "member": (
        "Đang bị đình chỉ sinh hoạt đảng",
        "Chờ quyết định của cấp ủy có thẩm quyền",
        "Mới chuyển đến, chờ ý kiến nơi chuyển đi",
        "Đang chờ kết luận kiểm tra",
    ),
}
CAP_NOTE = "Tập thể dẫn đầu được Ban Thường vụ đồng ý bằng văn bản"
LATE, RETURNED, SUBMITTED = "IH", "TM", ("ST", "KR", "BP")
RETURN_REASON = "Mức xếp loại cao hơn mức tự xếp loại; đề nghị bổ sung căn cứ"
DUE = {
    Stage.DRAFT: (1, 15),
    Stage.SUBMISSION: (1, 31),
    Stage.ANSWER: (2, 15),
    Stage.REVIEW: (2, 28),
}
EXTENSION = "Cán bộ tổ chức của huyện vừa được thay, cần thêm thời gian tập hợp"
RATING_FIELDS = (
    "self_rated",
    "proposed",
    "decided",
    "reason",
    "note",
    "deciding_body",
    "decision_number",
    "decided_on",
    "accepted",
    "return_reason",
    "version",
    "updated_at",
)


def live(year: int, qualities: dict[int, float], seed: int, *, by: Actor) -> None:
    """Open `year`, rate everyone, and close it, unless it is the last one.

    `qualities` gives how well each member does, by id.
    """
    opened = periods.open_year(year, by=by)
    told = _Year(opened, qualities, Random(f"{seed}/{year}"))
    told.rate()
    counts.give(opened, told.submitted, Random(f"{seed}/{year}/counts"))
    records.enter(opened, Random(f"{seed}/{year}/records"))
    if year < LAST_YEAR:
        periods.close_year(year, by=by)
    else:
        tallies.recount(opened)


def qualities(by_code: dict[str, float]) -> dict[int, float]:
    rows = Member.objects.order_by().values_list("pk", "code")
    return {pk: by_code[code] for pk, code in rows}


@dataclass(frozen=True, slots=True)
class _Rating:
    """What is written for one line; `level` is a code or empty."""

    level: str
    self_rated: str
    reason: str = ""


class _Year:
    def __init__(self, year: RatingYear, qualities: dict[int, float], chance: Random):
        self.year, self.chance, self.qualities = year, chance, qualities
        self.units = dict(Submission.objects.filter(year=year).values_list("unit_id", "code"))
        self.decisions = decisions(year, chance)
        self.written_at = datetime(year.pk + 1, 1, 5, 3, tzinfo=UTC)
        self.is_last = year.pk == LAST_YEAR
        self.begun = self._begun_of_the_late()

    def rate(self) -> None:
        self._organizations()
        self._award()
        self._members()
        self._count_and_explain()
        self._revise()
        self._submit()

    def _count_and_explain(self) -> None:
        """Who has submitted once has counted discipline and explained what the rules ask about."""
        for code in (LATE, SUBMITTED[1]) if self.is_last else ():
            notes.exceed(self.year, code)
        discipline.count(self.year, self.submitted, self.chance)
        notes.explain(self.year, self.submitted, self.chance)

    @property
    def submitted(self) -> list[int]:
        """The units that have submitted at least once."""
        return [pk for pk, code in self.units.items() if not (self.is_last and code == LATE)]

    def _begun_of_the_late(self) -> set[int]:
        """The grassroots organizations that the late unit has rated so far: every other one."""
        lines = OrganizationLine.objects.filter(year=self.year, kind="grassroots")
        late = lines.filter(organization__code__startswith=LATE).values_list("organization_id")
        return {row[0] for row in late.order_by("position")[::2]}

    def _is_rated(self, unit: int, grassroots: int) -> bool:
        """False for what the late unit still owes in the last year."""
        return not (self.is_last and self.units[unit] == LATE) or grassroots in self.begun

    def _organizations(self) -> None:
        rows = list(
            OrganizationLine.objects.filter(year=self.year)
            .order_by("pk")
            .values_list(
                "organization_id",
                "unit_id",
                "grassroots_id",
                "kind",
                "organization__established_on",
                "organization__code",
            )
        )
        chosen: dict[int, _Rating] = {}
        candidates: dict[str, list[Candidate]] = {kind: [] for kind in ratings.ORGANIZATION_AIMS}
        for pk, unit, grassroots, kind, founded, code in rows:
            if founded and founded >= date(self.year.pk, 7, 1) and not is_joined(code):
                chosen[pk] = _Rating("", "", NEW_BODY)
            elif self._is_unrated("organization") and self._is_rated(unit, grassroots):
                chosen[pk] = _Rating("", "", self.chance.choice(REASONS["organization"]))
            elif self._is_rated(unit, grassroots):
                score = Random(code).gauss(0, 1) + self.chance.gauss(0, 0.8)  # lasting and passing
                candidates[kind].append(Candidate(pk, unit, score))
        for kind, lines in candidates.items():
            codes = ratings.organization_levels(kind, self.year.pk, lines)
            chosen |= self._with_self_rated(codes, "organization")
        self._write(OrganizationLine, "organization", [row[:3] for row in rows], chosen)

    def _award(self) -> None:
        """Of those at the best level every other one is awarded the title, where it is none of the levels."""
        best = Level.objects.filter(scheme=self.year.scheme_id, subject="organization", rank=1).get()
        if awards_title([best.name]):
            lines = OrganizationLine.objects.filter(year=self.year, decided=best).order_by("pk")
            awarded = list(lines.values_list("pk", flat=True)[::2])
            OrganizationLine.objects.filter(pk__in=awarded).update(awarded=True)

    def _members(self) -> None:
        lines = MemberLine.objects.filter(year=self.year, is_exempt=False).order_by("pk")
        rows = list(lines.values_list("member_id", "unit_id", "grassroots_id", "cell_id"))
        chosen: dict[int, _Rating] = {}
        candidates = []
        for pk, unit, grassroots, _cell in rows:
            if self._is_rated(unit, grassroots):
                if self._is_unrated("member"):
                    chosen[pk] = _Rating("", "", self.chance.choice(REASONS["member"]))
                else:
                    score = self.qualities[pk] + self.chance.gauss(0, 0.7)
                    candidates.append(Candidate(pk, grassroots, score))
        codes = ratings.member_levels(self.year.pk, candidates, self.chance)
        chosen |= self._with_self_rated(codes, "member")
        recent = self._recent()
        chosen |= {pk: _Rating("", "", recent[pk]) for pk in recent if pk in chosen}
        self._write(MemberLine, "member", rows, chosen, "cell")

    def _recent(self) -> dict[int, str]:
        """The members whom the Board's list says not to rate yet, with its words."""
        words = reasons_of(self.year.pk, "member").recent
        lines = MemberLine.objects.filter(year=self.year) if words else MemberLine.objects.none()
        admitted = lines.values_list("member_id", "member__admitted_on")
        return {pk: words for pk, day in admitted if is_recent(self.year.pk, day)}

    def _is_unrated(self, subject: str) -> bool:
        return self.chance.random() < UNRATED_SHARE / (1 if subject == "member" else 3)

    def _with_self_rated(self, codes: dict[int, str], subject: str) -> dict[int, _Rating]:
        levels = Level.objects.filter(scheme=self.year.scheme_id, subject=subject)
        ladder = list(levels.order_by("rank").values_list("code", flat=True))
        return {
            pk: _Rating(code, ratings.self_rated(code, ladder, self.chance) or "")
            for pk, code in codes.items()
        }

    def _write(self, model, key: str, rows: list[tuple], chosen: dict[int, _Rating], *more) -> None:
        levels = Level.objects.filter(scheme=self.year.scheme_id, subject=key)
        ids = {"": None} | dict(levels.values_list("code", "pk"))
        fields = ("year", key, "unit", "grassroots", *more, *RATING_FIELDS)
        written = (
            (self.year.pk, *row, *self._values(chosen[row[0]], ids, row)) for row in rows if row[0] in chosen
        )
        upsert(model, fields, written, unique=("year", key), update=RATING_FIELDS)

    def _values(self, rating: _Rating, ids: dict[str, int | None], row: tuple) -> tuple:
        unit, grassroots = row[1:3]
        own = row[0] == grassroots and len(row) == 3
        decision: Decision = self.decisions[unit if own else grassroots]
        level, rated = ids[rating.level], bool(rating.level)
        return (
            ids[rating.self_rated],
            level,
            level,
            rating.reason,
            self._note(rating),
            decision.body if rated else "",
            decision.number if rated else "",
            decision.on if rated else None,
            self._state(self.units[unit]) == "accepted",
            "",
            1,
            self.written_at,
        )

    def _note(self, rating: _Rating) -> str:
        """Now and then a written reason for a top level."""
        top = rating.level in ("HTXSNV", "TSVMTB")
        return CAP_NOTE if top and self.chance.random() < 0.002 else ""

    def _state(self, unit_code: str) -> str:
        if not self.is_last:
            return SubmissionState.ACCEPTED.value
        if unit_code in SUBMITTED:
            return SubmissionState.SUBMITTED.value
        special = {LATE: SubmissionState.IN_PROGRESS, RETURNED: SubmissionState.RETURNED}
        return special.get(unit_code, SubmissionState.ACCEPTED).value

    def _revise(self) -> None:
        """A few organizations were first rated a level lower or higher."""
        lines = OrganizationLine.objects.filter(year=self.year, decided__isnull=False)
        board = User.objects.filter(role="board").first()
        for line in list(lines.order_by("pk")[7::400]):
            if line.decided is None:
                continue
            earlier = Level.objects.get(
                scheme=self.year.scheme_id,
                subject="organization",
                rank=line.decided.rank + (1 if line.decided.rank == 1 else -1),
            )
            revision = RatingRevision.objects.create(
                organization_line=line,
                version=line.version,
                self_rated_id=line.self_rated_id,
                proposed=earlier,
                decided=earlier,
                deciding_body=line.deciding_body,
                decision_number=line.decision_number,
                decided_on=line.decided_on,
                replaced_by=board,
                why="Đính chính theo quyết định của cấp có thẩm quyền",
            )
            OrganizationLine.objects.filter(pk=line.pk).update(version=revision.version + 1)

    def _submit(self) -> None:
        self._set_deadlines()
        for submission in Submission.objects.filter(year=self.year):
            for name, value in self._submission(submission).items():
                setattr(submission, name, value)
            submission.save()
        if self.is_last:
            self._return_lines()
            workflow.tell(self.year, again=SUBMITTED[0], returned=RETURNED, reason=RETURN_REASON)

    def _set_deadlines(self) -> None:
        """The days of all four stages; in the last year one unit was given more time."""
        Deadline.objects.filter(year=self.year).delete()
        Deadline.objects.bulk_create(
            Deadline(year=self.year, stage=stage, due_on=date(self.year.pk + 1, month, day))
            for stage, (month, day) in DUE.items()
        )
        if self.is_last:
            unit = Organization.objects.get(code=LATE)
            day = date(self.year.pk + 1, 2, 10)
            Deadline.objects.create(
                year=self.year, stage=Stage.SUBMISSION, unit=unit, due_on=day, reason=EXTENSION
            )

    def _submission(self, submission: Submission) -> dict:
        state = self._state(submission.code)
        day = self.chance.randint(8, 28)
        submitted = datetime(self.year.pk + 1, 1, day, 2, 30, tzinfo=UTC)
        accepted = datetime(self.year.pk + 1, 2, day // 2, 8, tzinfo=UTC)
        return {
            "state": state,
            "submitted_at": None if state == SubmissionState.IN_PROGRESS else submitted,
            "since": submitted if state in ("submitted", "in_progress") else accepted,
            "message": RETURN_REASON if state == SubmissionState.RETURNED else "",
        }

    def _return_lines(self) -> None:
        lines = OrganizationLine.objects.filter(year=self.year).select_related("decided")
        unit = Organization.objects.get(code=RETURNED)
        returned = list(lines.filter(unit=unit, decided__rank__lt=3).order_by("position")[:3])
        levels = Level.objects.filter(scheme=self.year.scheme_id, subject="organization")
        by_rank = {level.rank: level for level in levels}
        for line in returned:
            if line.decided is None:
                continue
            line.self_rated = by_rank[line.decided.rank + 1]
            line.return_reason, line.note = RETURN_REASON, ""
            line.returned_version = line.version
            line.save(update_fields=["self_rated", "return_reason", "returned_version", "note"])
