"""Form 07: where each unit's submission stands, what is still missing, and what came late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from assessments.reports.building.columns import starred
from assessments.reports.building.matter import Matter, Place
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.roster.models.line import Kind
from assessments.roster.progress import progress
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import Submission, SubmissionState
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_KINDS = (
    ("grassroots", "TCCSĐ"),
    ("affiliated", "Tổ chức trực thuộc"),
    ("member", "Đảng viên"),
)
_STATES: dict[str, str] = {
    SubmissionState.NOT_BEGUN: "Chưa bắt đầu",
    SubmissionState.IN_PROGRESS: "Đang nhập",
    SubmissionState.SUBMITTED: "Chờ duyệt",
    SubmissionState.RETURNED: "Trả lại",
    SubmissionState.ACCEPTED: "Đã duyệt",
}
_SENT = "Nộp và duyệt"


@dataclass(frozen=True)
class Builder:
    """Makes the form of one report."""

    matter: Matter

    def build(self) -> Form:
        matter = self.matter
        return starred(
            Form(
                name="07 Tiến độ",
                number=f"Biểu số 07/{matter.mark}",
                title=f"TIẾN ĐỘ XẾP LOẠI VÀ NỘP KẾT QUẢ, NĂM {matter.year.pk}",
                unit_line="Đơn vị tính: tổ chức đảng; đảng viên; ngày; tỷ lệ: %",
                columns=[*_columns()],
                rows=[self._row(n, place) for n, place in enumerate(matter.places, start=1)],
                on_one_page=matter.fits_one_page,
                notes=[*self._notes()],
            )
        )

    def _row(self, number: int, place: Place) -> FormRow:
        held = self._held[place.id]
        sent, due = _day(held.submitted_at), self._due(place)
        accepted = held.since if held.state == SubmissionState.ACCEPTED else None
        row = FormRow(
            place.id,
            {
                "tt": number,
                "name": place.name,
                "state": _STATES[held.state],
                "due": due,
                "sent": sent,
                "accepted": _day(accepted),
                "late": self._late(held, due, sent),
                **self._numbers(place),
            },
        )
        if sent and due:
            row.formulas["late"] = "MAX(0,{sent}-{due})"
        return row

    def _numbers(self, place: Place) -> dict:
        values: dict = {}
        for kind, _words in _KINDS:
            figure = self.matter.of_rated(kind, place)
            if figure.is_known:
                values |= {f"{kind}_rated": figure.rated, f"{kind}_all": figure.roster}
            values[f"{kind}_blank"] = self._blank(kind, place)
        return values

    def _blank(self, kind: str, place: Place) -> int | None:
        if self.matter.is_reported_only:
            return None
        found = self._progress.get((kind, place.id))
        return found.blank if found else 0

    def _late(self, held: Submission, due: date | None, sent: date | None) -> int | None:
        """Days; of what was not sent yet, up to the day of the report."""
        if due is None or (sent is None and not self.matter.year.is_open):
            return None
        return max(0, ((sent or timezone.localdate(self.matter.stamp)) - due).days)

    def _due(self, place: Place) -> date | None:
        return self._deadlines.of(Stage.SUBMISSION, place.id).on

    @cached_property
    def _deadlines(self) -> deadlines.Deadlines:
        return deadlines.of_year(self.matter.year)

    @cached_property
    def _held(self) -> dict[int | None, Submission]:
        held = Submission.objects.under(self.matter.scope).filter(year=self.matter.year).with_changes()
        return {row.unit_id: row for row in held}

    @cached_property
    def _progress(self) -> dict:
        """(subject, unit) → how far the lines are that count by themselves."""
        found: dict = {}
        for kind in Kind.values:
            lines = self.matter.lines(kind)
            found |= {(kind, unit): row for (unit,), row in progress(lines, "unit_id").items()}
        members = progress(self.matter.members, "unit_id")
        return found | {("member", unit): row for (unit,), row in members.items()}

    def _notes(self) -> Iterable[str]:
        yield (
            "Còn trống: chưa có mức và chưa ghi lý do; đảng viên miễn sinh hoạt không tính. Muộn: số ngày "
            "nộp sau hạn của đơn vị; chưa nộp thì tính đến ngày lập biểu."
        )
        changed = [held for held in self._held.values() if held.changes_waiting]
        if changed and self.matter.year.is_open:
            units = "; ".join(f"{held.name}: {held.changes_waiting}" for held in changed)
            yield f"Danh sách thay đổi sau khi gửi hoặc được duyệt, chờ Ban xác nhận: {units}."


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _columns() -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 26)
    yield FormColumn("state", "Trạng thái", "text", 13)
    for kind, words in _KINDS:
        rated, every = f"{kind}_rated", f"{kind}_all"
        yield FormColumn(rated, "Đã xếp loại", group=words, width=8, total="sum")
        yield FormColumn(every, "Tổng số", group=words, width=8, total="sum")
        yield share(f"{kind}_share", rated, every, percent, group=words)
        yield FormColumn(f"{kind}_blank", "Còn trống", group=words, width=7, total="sum")
    yield FormColumn("due", "Hạn nộp", "date", 11, group=_SENT)
    yield FormColumn("sent", "Ngày nộp", "date", 11, group=_SENT)
    yield FormColumn("late", "Muộn (ngày)", group=_SENT, width=8)
    yield FormColumn("accepted", "Ngày duyệt", "date", 11, group=_SENT)


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    return Builder(matter).build()


def checks(sources: Sources, form: Form) -> Iterable[Check]:
    """Rated and all, of each unit and of all."""
    matter = sources.matter
    for place in (*matter.places, None):
        row, whose = (place.id, place.name) if place else (TOTAL, form.total_label)
        for kind, words in _KINDS:
            figure = matter.of_rated(kind, place)
            if figure.is_known:
                label = f"{whose}, {words}"
                yield Check(form, row, f"{kind}_rated", f"{label}: đã xếp loại", figure.rated)
                yield Check(form, row, f"{kind}_all", f"{label}: tổng số", figure.roster)


SHEET = Sheet("progress", "B07", build, checks)
