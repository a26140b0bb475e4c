"""Every action that writes the trail, done once over the world; each case says which it writes."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.counting.judging import Counted
from assessments.entry.counts import actions as activities
from assessments.entry.counts.explaining_actions import explain, note_paper_total
from assessments.entry.discipline import actions as discipline
from assessments.entry.grid import actions as ratings
from assessments.entry.records import actions as documents_held
from assessments.entry.records.files import read
from assessments.entry.totals import actions as totals
from assessments.entry.totals.typed import Typed
from assessments.figures.heads.actions import choose_ways
from assessments.operations import pruning
from assessments.registers import door, units
from assessments.registers.undoing.models import ActDone
from assessments.reports.declared import BY_SLUG, matter_of
from assessments.reports.documents import actions as documents
from assessments.reports.documents.templates import default
from assessments.reports.issued import actions as reports
from assessments.reports.offices import actions as offices
from assessments.review.deadlines import actions as deadlines
from assessments.review.deadlines import default_actions
from assessments.review.groups import actions as groups
from assessments.review.rulebook import door as rules_door
from assessments.review.rulebook import (
    target_actions,
    undo_actions,
)
from assessments.review.submitting import actions as submissions
from assessments.review.submitting import change_actions as changes
from assessments.review.supplements import actions as supplements
from assessments.review.years import actions as periods
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.deadlines import OtherYearEnd, Stage
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.schemes import Level
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.layouts import actions as layouts
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.marked import actions as given_back
from assessments.workbooks.models import Layout, Upload
from assessments.workbooks.prepared import actions as prepared
from assessments.workbooks.prepared.sheets import PreparedSheet
from assessments.workbooks.reorganizing.actions import keep
from assessments.workbooks.undoing import actions as undo
from members.actions import heads, members
from orgs import audit
from orgs.actions import accounts, reorganize, village_lineage, villages
from orgs.models import Form, Installation, Village
from orgs.versions import writing
from resolution03.lib.dates import PartialDate, Precision
from tests import factories
from tests.assessments import closed
from tests.assessments.entry.records.keeping import change, enter
from tests.assessments.odd_sheets import BY_NAME, odd
from tests.assessments.registers.undoing.doing import Doer
from tests.assessments.workbooks.undoing.test_undo import EVERYTHING
from tests.rule_cases import enter_rules
from tests.workbooks import REORGANIZATIONS, book

BY = Actor(name="thử nghiệm")
DAY = date(2018, 6, 1)
CASES: list[tuple[frozenset[str], Callable]] = []


def case(*actions: str):
    """The decorated function does these actions over a `Scene`."""

    def keep(function):
        CASES.append((frozenset(actions), function))
        return function

    return keep


class Scene:
    """The world with 2018 open, and what the cases hand on to each other."""

    def __init__(self, world, folder):
        self.world, self.folder = world, folder
        self.made = SimpleNamespace()
        self.officer = factories.user(Role.OFFICER, world.alpha.unit)
        self.board = factories.user(Role.BOARD, world.province)

    @property
    def year(self) -> RatingYear:
        return RatingYear.objects.get(pk=2018)

    @property
    def submission(self) -> Submission:
        return Submission.objects.get(year=2018, unit=self.world.alpha.unit)

    def line(self, organization) -> OrganizationLine:
        return OrganizationLine.objects.get(year=2018, organization=organization)

    def load(self, sheets) -> Upload:
        path = book(self.folder / "sổ.xlsx", sheets)
        plan = uploads.store(by=BY, sources=[Source(path, path.name)], options=Options())
        assert plan.applied, [fault for sheet in plan.sheets for fault in sheet.errors]
        return Upload.objects.latest("pk")

    def planned(self, sheets) -> Upload:
        """A batch that is not stored."""
        path = book(self.folder / "kế hoạch.xlsx", sheets)
        [file] = uploads.keep_files([SimpleUploadedFile(path.name, path.read_bytes())])
        uploads.begin(by=BY, unit=None, files=[file])
        return Upload.objects.latest("pk")


@case("year.open", "year.deadline", "submission.extend")
def year_begins(at):
    periods.open_year(2018, by=BY)
    deadlines.set_deadline(by=BY, year=at.year, stage=Stage.SUBMISSION, due_on=date(2019, 1, 31))
    deadlines.set_deadline(by=BY, year=at.year, stage=Stage.SUBMISSION, due_on=None)
    deadlines.extend_deadline(
        by=BY, submission=at.submission, stage=Stage.DRAFT, due_on=date(2019, 2, 1), reason="mưa lũ"
    )


@case("head_way.choose")
def way_chosen(at):
    line = VillageLine.objects.get(year=2018, village=at.world.alpha.village)
    choose_ways(by=BY, unit=at.submission, ways={line.pk: "a"})


@case("upload.keep")
def plan_waits(at):
    sheets = {"sx": [REORGANIZATIONS, ["A.X01", None, "A.X01", "Xã mới", *[None] * 3, "1/7/2099", "9-QĐ"]]}
    keep(by=BY, uploads=[at.planned(sheets)], until=date(2099, 7, 1))


@case(
    "organization.load",
    "village.load",
    "member.load",
    "head.load",
    "upload.apply",
    "upload.undo",
    "tally.report",
    "year.report",
    "rating.save",
    "activity.count",
)
def workbook(at):
    head = at.world.alpha.head
    counts = [("Năm", "Mã", "Cuộc sinh hoạt chuyên đề của chi bộ"), (2018, "A.X01", 7)]
    terms = [
        ("Thôn", "Mã thôn", "Họ và tên", "Mã đảng viên", "Từ ngày", "Đến ngày"),
        (None, "T.A.1", head.full_name, None, f"{head.starts_on:%d/%m/%Y}", "31/12/2017"),
        (None, "T.A.1", "Người kế nhiệm", "M9", "1/1/2018", None),
    ]
    terms = [row[1:] for row in terms]
    found = at.load(EVERYTHING | {"TT": terms, "SL": counts})
    undo.undo(by=BY, uploads=[found])
    changed = [
        (
            "Mã đảng viên",
            "Họ và tên",
            "Ngày sinh",
            "Ngày kết nạp",
            "Ngày chính thức",
            "Mã chi bộ",
            "Miễn sinh hoạt",
        ),
        ("A1", "Y Alpha khác", "1989", "2/2009", "5/2010", "A.X01.2", "x"),
    ]
    undo.undo(by=BY, uploads=[at.load({"ĐV": changed, "SL": counts})])


@case("account.add", "account.change", "account.reset", "account.unlock")
def account(at):
    user, _password = accounts.add(
        by=BY, username="moi", full_name="Người mới", role=Role.OFFICER, organization=at.world.alpha.unit
    )
    accounts.change(by=BY, user=user, organization=at.world.beta.unit, is_active=False, office="Văn phòng")
    accounts.reset(by=BY, user=user)
    accounts.unlock(by=BY, user=user)
    accounts.add(by=BY, username="quantri", full_name="Quản trị", role=Role.ADMINISTRATOR, organization=None)


@case(
    "organization.found",
    "organization.rename",
    "organization.move",
    "organization.level",
    "organization.form",
    "organization.correct",
    "organization.dissolve",
)
def organization(at):
    day = PartialDate(date(2017, 1, 1), Precision.YEAR)
    where = {"parent": at.world.alpha.commune, "code": "A.X01.5", "established_on": day}
    made = reorganize.found(by=BY, name="Chi bộ năm", form=Form.CELL, **where)
    reorganize.rename(by=BY, organization=made, name="Chi bộ số năm", on=DAY, decision="1-QĐ")
    reorganize.move(by=BY, organization=made, parent=at.world.alpha.unit, on=DAY, decision="2-QĐ")
    reorganize.change_form(by=BY, organization=made, form=Form.SECTION, on=date(2018, 8, 1), decision="4-QĐ")
    reorganize.correct(
        by=BY,
        organization=made,
        type_label="Thôn",
        established_on=PartialDate(date(2017, 3, 1), Precision.MONTH),
    )
    reorganize.dissolve(by=BY, organization=made, on=date(2018, 9, 1), decision="3-QĐ")
    reorganize.change_level(
        by=BY, organization=at.world.beta.unit, level="grassroots", on=DAY, decision="5-QĐ"
    )


@case("village.found", "village.cover", "village.correct", "village.end", "village.merge")
def village(at):
    alpha = at.world.alpha
    made = villages.found(
        by=BY,
        code="T.A.7",
        name="Thôn bảy",
        kind="thon",
        committee=alpha.commune,
        cell=alpha.cells[0],
        starts_on=PartialDate(date(2010, 1, 1), Precision.YEAR),
    )
    villages.cover(by=BY, village=made, committee=alpha.commune, cell=None, on=DAY)
    villages.correct(by=BY, village=made, name="Thôn Bảy", kind="lang")
    villages.end(by=BY, village=made, on=date(2018, 9, 1))
    standing = factories.village(alpha.commune, code="T.A.6")
    village_lineage.merge(by=BY, sources=[standing], into=alpha.village, on=date(2018, 10, 1))


@case(
    "member.enrol",
    "member.transfer",
    "member.exempt",
    "member.correct",
    "member.recognize",
    "member.leave",
    "member.return",
)
def member(at):
    cells = at.world.alpha.cells
    made = members.enrol(
        by=BY,
        code="A77",
        full_name="Y Mới",
        cell=cells[0],
        sex="f",
        admitted_on=PartialDate(date(2010, 5, 1), Precision.MONTH),
        born_on=PartialDate(date(1989, 2, 22)),
    )
    members.transfer(by=BY, member=made, cell=cells[1], on=DAY)
    members.exempt(by=BY, member=made, is_exempt=True, reason="tuổi cao")
    members.correct(by=BY, member=made, born_on=PartialDate(date(1989, 1, 1), Precision.YEAR))
    decided = {"decision": "6-QĐ", "decided_on": date(2018, 8, 1)}
    members.recognize(by=BY, member=made, official_on=date(2011, 5, 1), **decided)
    members.leave(by=BY, member=made, on=date(2018, 9, 1), leaving_reason="expelled", **decided)
    members.come_back(by=BY, member=made, cell=cells[0], on=date(2023, 1, 5), decision="4-QĐ")


@case("head.appoint", "head.correct", "head.end")
def head(at):
    alpha = at.world.alpha
    made = heads.appoint(
        by=BY,
        village=factories.village(alpha.commune, alpha.cells[0]),
        full_name="A Trưởng",
        starts_on=PartialDate(date(2016, 1, 1), Precision.YEAR),
        member=alpha.members[0],
    )
    heads.correct(by=BY, head=made, full_name="A Trưởng Thôn", is_secretary=True)
    heads.end_term(by=BY, head=made, on=DAY)


@case("organization.undo", "village.undo", "member.undo", "head.undo")
def taken_back(at):
    do = Doer(at.world, BY)
    for done in (do.found("A.X01.8"), do.end_village(), do.leave(), do.end_term()):
        do.undo(done)


@case("rating.save", "discipline.save", "activity.count", "activity.reason", "activity.paper")
def entries(at):
    by, cell = Actor.of(at.officer), at.line(at.world.alpha.cells[0])
    levels = {"self_rated": "HTTNV", "proposed": "HTTNV", "decided": "HTNV"}
    decision = {"deciding_body": "Đảng ủy", "decision_number": "5-QĐ", "decided_on": DAY}
    ratings.save_rating(by=by, line=cell, version=0, changes=levels | decision | {"note": "x"})
    member = MemberLine.objects.filter(year=2018, unit=at.world.alpha.unit).earliest("pk")
    ratings.save_rating(by=by, line=member, version=member.version, changes={"reason": "Chưa họp"})
    commune, lines = at.line(at.world.alpha.commune), OrganizationLine.objects.all()
    given = {key: number for number, key in enumerate(discipline.CELLS)}
    found = discipline.save_discipline(
        by=by, year=2018, lines=lines, entries=[Counted(commune.pk, dict.fromkeys(given), given)]
    )
    assert not found.refused, found.refused
    activities.save_counts(
        by=by,
        year=2018,
        lines=lines,
        entries=[Counted(commune.pk, {"thematic_meetings": None}, {"thematic_meetings": 4})],
    )
    explain(by=by, year=2018, lines=lines, reasons={(commune.pk, "thematic_meetings"): "hai cuộc hoãn"})
    unit = Submission.objects.get(year=2018, unit=at.world.alpha.unit)
    note_paper_total(by=by, year=2018, submission=unit, place=unit.unit, code="thematic_meetings", total=4)


@case("record.add", "record.change", "record.remove")
def documents_and_events(at):
    due = ReviewDue.objects.create(kind="interim", name="Sơ kết 2 năm", due_on=DAY)
    numbers = {"classes": 2, "persons": 80, "school_persons": 30, "funds": 45}
    contest = {"level": "unit", "participants": 20, "prizes": 3}
    for kind, values in (("contest", contest), ("training", numbers), ("interim", {"answers": due})):
        enter(at.world.alpha.unit, kind, on=DAY, number="3-KH/HU", title="Trích yếu", **values)
    filing = documents_held.Filing(read("kh.pdf", b"%PDF-1.4"))
    made = change(enter(at.world.alpha.unit, "plan", filing=filing), number="8-KH/HU")
    documents_held.remove_record(by=BY, record=made, version=made.version)


@case(
    "submission.submit", "submission.return", "rating.return", "submission.accept_rest", "submission.accept"
)
def submission(at):
    level = {one.subject: one for one in Level.objects.filter(scheme__years=2018, code="HTNV")}
    for lines, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        lines.objects.filter(year=2018, unit=at.world.alpha.unit, decided=None).update(
            decided=level[subject], reason=""
        )
    submissions.submit(by=Actor.of(at.officer), submission=at.submission)
    member = MemberLine.objects.filter(year=2018, unit=at.world.alpha.unit).earliest("pk")
    returned = at.line(at.world.alpha.cells[0])
    submissions.return_lines(
        by=Actor.of(at.board),
        submission=at.submission,
        organizations={returned.pk: "Xem lại"},
        members={member.pk: "Xem lại"},
    )
    submissions.submit(by=Actor.of(at.officer), submission=at.submission)
    submissions.return_lines(
        by=Actor.of(at.board),
        submission=at.submission,
        organizations={returned.pk: "Xem lại"},
    )
    submissions.accept(by=Actor.of(at.board), submission=at.submission)
    OrganizationLine.objects.filter(year=2018).update(return_reason="")
    MemberLine.objects.filter(year=2018).update(return_reason="")
    Submission.objects.filter(pk=at.submission.pk).update(state="submitted")
    submissions.accept(by=Actor.of(at.board), submission=at.submission)


@case("submission.join", "organization.dissolve")
def units_merged(at):
    merged = factories.organization(at.world.province, name="Đảng bộ nhập đi")
    known = {"year": at.year, "unit": merged, "code": merged.code, "name": merged.name}
    Submission.objects.create(**known, state="in_progress")
    units.merge(by=BY, source=merged, target=at.world.units[0], on=DAY, decision="8-QĐ")


@case("submission.list_change", "submission.confirm", "submission.return_changes")
def changed_lists(at):
    member = at.world.alpha.members[0]

    def exempt(is_exempt):
        door.change(
            members.exempt, by=Actor.of(at.officer), member=member, is_exempt=is_exempt, on=date(2018, 6, 1)
        )

    tallies.recount(at.year)
    before = member.is_exempt
    exempt(not before)
    changes.confirm_changes(by=Actor.of(at.board), submission=at.submission)
    exempt(before)
    changes.return_changes(by=Actor.of(at.board), submission=at.submission, reason="Xem lại")
    MemberLine.objects.filter(year=2018).update(return_reason="")
    Submission.objects.filter(pk=at.submission.pk).update(state="accepted")


@case("roster.drop")
def drop(at):
    gone, member = at.world.alpha.cells[0], at.world.alpha.members[2]
    members.transfer(by=BY, member=member, cell=at.world.alpha.cells[1], on=DAY)
    members.leave(by=BY, member=member, on=date(2018, 7, 1), leaving_reason="expelled")
    for covered in Village.objects.filter(cell=gone):
        villages.correct(by=BY, village=covered, cell=at.world.alpha.cells[1])
    reorganize.dissolve(by=BY, organization=gone, on=date(2018, 7, 1), decision="9-QĐ")
    follow_registers(by=BY)


@case("tally.report", "tally.clear", "tally.note")
def reported(at):
    commune = at.world.beta.commune

    def type_in(seen, count, note):
        cells = [Typed("member", key, seen, count) for key in ("HTTNV", "total")]
        totals.type_totals(by=BY, year=2014, organization=commune, cells=cells, notes={"member": note})

    type_in(None, 3, "Thiếu một chi bộ")
    type_in(3, None, "")


@case("rules.add", "rules.change", "rules.remove", "rules.choose", "rules.switch")
def rules(at):
    enter_rules(at.world.alpha.unit)


@case("deadline.other_end")
def other_year_ends(at):
    default_actions.add_other_end(OtherYearEnd(unit=Submission.objects.first().unit), by=BY)


@case("rules.undo")
def rules_taken_back(at):
    target = Target.objects.filter(indicator="members_well").first()
    values = {"by": BY, "told": "rules.remove", "on": lambda: Target(pk=1)}
    rules_door.change_if(lambda seen: True, lambda by: target_actions.remove_target(target, by=by), **values)
    undo_actions.undo(ActDone.objects.latest("pk"), by=BY)


@case("office.change", "template.take", "template.default")
def office(at):
    named = dict.fromkeys(offices.FIELDS, "") | {"signer": "Người ký", "place": "Đăk Hà", "spelling": "ủy"}
    offices.save_office(by=BY, organization=at.world.alpha.unit, version=0, values=named)
    documents.take_template(by=BY, kind="final", unit=None, file_name="mẫu.docx", content=default("final"))
    documents.use_default(by=BY, kind="final", unit=None)


@case("layout.add", "layout.change", "layout.delete", "upload.mark")
def layout(at):
    kept = uploads.keep_files([odd(at.folder, {"Biểu 1": BY_NAME})])
    batch = uploads.begin(by=BY, unit=None, files=kept)
    found = list(Upload.objects.filter(batch=batch))
    sheet = layouts.sheets_of(found[0])[0]
    mapping = Mapping("organization_ratings", 2, columns={1: "code", 2: "decided"}, year=2018)
    for name in ("Biểu", "Biểu khác"):
        layouts.map_sheet(by=BY, uploads=found, upload=found[0], sheet=sheet, mapping=mapping, name=name)
    layouts.delete_layout(by=BY, layout=Layout.objects.get())
    given_back.hand_back(found[0], [], by=BY)


@case("prepared.download", "report.download", "report.again")
def leaving(at):
    sheets = [PreparedSheet(kind, kind.columns()) for kind in every()]
    prepared.hand_out(by=BY, unit=at.world.alpha.unit, year=2018, stored=at.year, sheets=sheets)
    held = at.submission
    for place in ((at.world.province, None), (held.unit, held)):
        matter = matter_of(at.year, *place)
        issued = reports.issue(BY_SLUG["steering-committee"], matter, by=BY, purpose="báo cáo")
    reports.hand_out(issued, by=BY, purpose="gửi lại")


@case(
    "year.close",
    "year.show",
    "unit.group",
    "year.reopen",
    "supplement.file",
    "supplement.accept",
    "supplement.decline",
    "rating.supplement",
)
def year_ends(at):
    periods.show_year(2018, by=BY, is_shown=True)
    groups.group_units(by=BY, names={at.world.alpha.unit.pk: "Huyện cũ"})
    periods.close_year(2018, by=BY, reason="còn thiếu")
    where = SimpleNamespace(rating_year=at.year, unit=at.world.alpha.unit, officer=at.officer)
    line = at.line(at.world.alpha.commune)
    supplements.decline_supplement(by=BY, supplement=closed.file(where, line), answer="Chưa đủ căn cứ")
    supplements.accept_supplement(by=BY, supplement=closed.file(where, line))
    periods.reopen_year(2018, by=BY, reason="tính lại")


@case("member.correct", "member.forget", "head.forget", "system.erase")
def forgetting(at):
    alpha = at.world.alpha
    gone = factories.member(alpha.cells[1], left_on=date(2012, 1, 1))
    members.correct(by=BY, member=gone, full_name="Người Đã Đi")
    factories.head(factories.village(alpha.commune, alpha.cells[1]), ends_on=date(2016, 1, 1))
    pruning.prune(by=BY)


@case("system.restore", "demonstration.build")
def system(at):
    """Both make a database anew; their own tests do them, here stands what they write."""
    database, _made = Installation.objects.get_or_create(pk=1)
    counts = {"organizations": 2562, "villages": 768, "members": 38815, "village_heads": 3268}
    told = {"system.restore": {"file": "nq03.zip"}, "demonstration.build": counts}
    for action, after in told.items():
        with writing():
            audit.record([audit.Change(database, {}, after, code="nq03")], by=BY, action=action)
