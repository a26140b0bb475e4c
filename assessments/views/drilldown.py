"""One figure opened: who meets it, who does not, who is not rated and why."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.dashboard import names
from assessments.dashboard.sheet import Row, bullet
from assessments.dashboard.words import WORDS
from assessments.figures import board
from assessments.indicators import BY_CODE, LevelShare
from assessments.models import Subject
from assessments.views import places
from assessments.years import all_years
from orgs.models import Form

PAGE = 50
ORGANIZATIONS = (Subject.GRASSROOTS, Subject.AFFILIATED)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def drilldown(request: HttpRequest, year: int, code: str, unit: str = "") -> HttpResponse:
    opened = Opened(request, year, code, unit)
    if opened.moved_to:
        return redirect(opened.moved_to)
    return render(request, "assessments/dashboard/drilldown.html", opened.context())


class Opened:
    """A figure with what was asked of it; 404 outside the scope, 403 where it would name persons."""

    def __init__(self, request: HttpRequest, year: int, code: str, unit: str):
        if code not in BY_CODE:
            raise Http404
        self.request, self.user = request, request.user
        self.years = all_years()
        self.year = places.year_or_404(self.years, year)
        self.submissions = places.visible_submissions(self.user, self.year)
        self.unit = places.unit_or_404(self.submissions, unit) if unit else None
        self.code, self.indicator = code, BY_CODE[code]
        self.names = may(self.user, Permission.VIEW_PERSONS)
        if self.indicator.subject in names.PERSONAL and not self.names:
            raise PermissionDenied
        self.part = self._part()

    def _part(self) -> str:
        part = self.request.GET.get("part", "met")
        if part not in names.PARTS:
            raise Http404
        return part

    @property
    def moved_to(self) -> str:
        """One who may not open every unit's names is taken to the own unit's."""
        if self.unit or places.sees_all_units(self.user):
            return ""
        if not self.submissions:
            raise Http404
        own = [self.year.pk, self.code, self.submissions[0].code]
        asked = urlencode({"part": self.part})
        return f"{reverse('assessments:unit_drilldown', args=own)}?{asked}"

    @property
    def before_year(self):
        """The year before, for organizations and members rated by levels."""
        if not isinstance(self.indicator, LevelShare):
            return None
        return next((y for y in self.years if y.pk == self.year.pk - 1), None)

    def _chosen(self) -> names.Chosen:
        asked = self.request.GET
        unit = self.unit.unit_id if self.unit else None
        if not unit and asked.get("unit"):
            unit = places.unit_or_404(self.submissions, asked["unit"]).unit_id
        form = asked.get("form", "")
        return names.Chosen(
            asked.get("q", "").strip()[:100], unit, form if form in Form.values else "",
            asked.get("before", ""),
        )

    def context(self) -> dict:
        before = self.before_year
        figures = board([year for year in (before, self.year) if year])
        figure = figures.figure(self.code, self.year.pk, self.unit.unit_id if self.unit else None)
        figure_before = figures.figure(self.code, before.pk) if before else None
        chosen = self._chosen()
        found = self._lines(figure, figure_before, chosen)
        page = Paginator(
            names.in_order(found, self.indicator.subject, within_unit=chosen.unit is not None), PAGE
        ).get_page(self.request.GET.get("page"))
        table = names.Table(
            figure, self.part, {s.unit_id: s for s in self.submissions},
            names=self.names, all_units=self.unit is None, before=figure_before,
        )
        shown = list(page.object_list)
        past = names.lines_before(self.user, before, self.indicator.subject, shown)
        address = places.addresses(self.user, self.submissions, self.unit)
        return self._head(figure, address) | {
            "table": table, "page": page, "table_rows": table.rows(shown, past),
            "tabs": names.tabs(figure), "part": self.part,
            "chosen": chosen, "asked": self.request.GET,
            "forms": Form.choices if self.indicator.subject in ORGANIZATIONS else [],
            "units": [] if self.unit else self.submissions,
            "province_figure": figures.figure(self.code, self.year.pk) if self.unit else None,
            "reasons": names.reasons(self._unrated(figure)),
            "before_year": before if self.indicator.subject in ORGANIZATIONS else None,
        }

    def _lines(self, figure, figure_before, chosen: names.Chosen):
        found = names.lines(self.user, figure, self.year, figure.rules, self.part, chosen)
        if chosen.before in ("met", "missed") and figure_before and self.indicator.subject in ORGANIZATIONS:
            past = names.lines(self.user, figure_before, self.before_year, figure_before.rules, chosen.before)
            found = names.narrowed_by_before(found, past)
        return found

    def _unrated(self, figure):
        place = names.Chosen(unit=self.unit.unit_id if self.unit else None)
        return names.lines(self.user, figure, self.year, figure.rules, "unrated", place)

    def _head(self, figure, address) -> dict:
        row = Row(1, figure, address)
        meaning = getattr(self.indicator, "meaning", None)
        reading = figure.rules.reading(meaning) if meaning else None
        return {
            "year": self.year, "unit": self.unit, "marks": places.marks(self.year),
            "now": timezone.now(), "figure": figure, "row": row, "words": WORDS[self.code],
            "bullet": bullet(figure, 250), "reading": reading,
            "arithmetic": names.arithmetic(figure),
            "years": places.year_picker(self.years, self.year.pk, self._same_page),
        }

    def _same_page(self, year: int) -> str:
        if self.unit:
            return reverse("assessments:unit_drilldown", args=[year, self.code, self.unit.code])
        return reverse("assessments:drilldown", args=[year, self.code])
