"""The same members and ratings through django-import-export, as its documentation has it done."""

from datetime import date, datetime
from pathlib import Path

from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget, Widget
from tablib import Dataset

from assessments.roster.models.lines import MemberLine
from assessments.rules.models.schemes import Level
from members.models import Member
from orgs.models import Organization

SEXES = {"Nam": "m", "Nữ": "f"}


class _Day(Widget):
    def clean(self, value, row=None, **kwargs) -> date | None:
        return value.date() if isinstance(value, datetime) else value or None


class _Sex(Widget):
    def clean(self, value, row=None, **kwargs) -> str:
        return SEXES.get(value, "")


class Members(ModelResource):
    """Members by code, their cell by its code."""

    code = Field("code", "Mã đảng viên")
    full_name = Field("full_name", "Họ và tên")
    born_on = Field("born_on", "Ngày sinh", widget=_Day())
    sex = Field("sex", "Giới tính", widget=_Sex())
    admitted_on = Field("admitted_on", "Ngày kết nạp", widget=_Day())
    official_on = Field("official_on", "Ngày chính thức", widget=_Day())
    cell = Field("cell", "Mã chi bộ", widget=ForeignKeyWidget(Organization, "code"))

    class Meta:
        model = Member
        import_id_fields = ("code",)
        fields = ("code", "full_name", "born_on", "sex", "admitted_on", "official_on", "cell")
        skip_unchanged = True

    def before_save_instance(self, instance, row, **kwargs):
        instance.refresh_keys()


class _Line(ForeignKeyWidget):
    """A level of the year's scheme by its code."""

    def get_queryset(self, value, row, *args, **kwargs):
        return Level.objects.filter(scheme__first_year=2018, subject="member")


class Ratings(ModelResource):
    """Ratings of members in the roster of a year."""

    year = Field("year_id", "Năm")
    member = Field("member", "Mã đảng viên", widget=ForeignKeyWidget(Member, "code"))
    self_rated = Field("self_rated", "Tự xếp loại", widget=_Line(Level, "code"))
    decided = Field("decided", "Mức xếp loại", widget=_Line(Level, "code"))

    class Meta:
        model = MemberLine
        import_id_fields = ("year", "member")
        fields = ("year", "member", "self_rated", "decided")
        skip_unchanged = True


def bulk(resource: type[ModelResource]) -> type[ModelResource]:
    """The resource in its bulk mode."""
    meta = type("Meta", (resource.Meta,), {"use_bulk": True, "batch_size": 1000})
    return type(resource)(f"Bulk{resource.__name__}", (resource,), {"Meta": meta})


def take(path: Path, resource: type[ModelResource]) -> None:
    """Read a workbook and import its rows."""
    rows = Dataset().load(path.read_bytes(), format="xlsx")
    resource().import_data(rows, raise_errors=True)
