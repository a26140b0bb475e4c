"""The Excel of the lists of organizations and villages: the same filtered rows, all pages.

Lists of persons are not downloaded here: names leave only in a report of their own (DESIGN, "What
is left out"). Of a head only the standing is told.
"""

from django.utils.translation import gettext as _

from assessments.registers import village_states
from assessments.registers.lineage.listed import sources_of
from orgs.jobs.declared import File
from orgs.models import Organization, Village
from resolution03.lib.attachments import dump
from resolution03.lib.dates import year_end
from resolution03.lib.xlsx import Column, ListSheet


def organizations(rows) -> File:
    """Organizations as they stand today."""
    sources = sources_of(Organization, rows.order_by().values("pk"), "dissolved_on")
    units = dict(Organization.objects.units().values_list("pk", "name"))
    columns = (
        Column(_("Code"), "code", 14),
        Column(_("Organization"), "name", 44),
        Column(_("Level in the tree"), lambda row: row.get_level_display(), 26),
        Column(_("Form"), lambda row: row.get_form_display(), 16),
        Column(_("Type"), "type_label", 20),
        Column(_("Stands under"), lambda row: row.parent.name if row.parent else "", 36),
        Column(_("Unit"), lambda row: units.get(row.unit_id, ""), 26),
        Column(_("Established"), lambda row: str(row.established or ""), 13),
        Column(_("Dissolved"), lambda row: str(row.dissolved or ""), 13),
        Column(_("Went into"), lambda row: row.merged_into.name if row.merged_into else "", 36),
        Column(_("Merged of"), lambda row: "; ".join(sources.get(row.pk, ())), 36),
    )
    sheet = ListSheet(_("Party organizations"), columns, rows.order_by("position", "pk"))
    return File("to-chuc-dang.xlsx", dump(sheet))


def villages(lines, year: int) -> File:
    """Villages of a year's roster; `lines` bear their urgency."""
    of_year = {"ends_on__lt": year_end(year)}
    sources = sources_of(Village, lines.order_by().values("village"), "ends_on", **of_year)
    columns = (
        Column(_("Code"), "code", 14),
        Column(_("Village"), "name", 30),
        Column(_("Commune committee"), "committee.name", 34),
        Column(_("Unit"), "unit.name", 26),
        Column(_("State"), _state, 26),
        Column(_("Cell"), lambda line: line.cell.name if line.cell else "", 34),
        Column(_("Shared cell"), lambda line: "x" if line.cell_is_shared else "", 12, "mark"),
        Column(_("Official members"), "official_members", 12, "number"),
        Column(_("Village head"), lambda line: line.get_head_state_display(), 18),
        Column(_("Merged of"), lambda line: "; ".join(sources.get(line.village_id, ())), 36),
    )
    title = _("Villages on 31/12/%(year)d") % {"year": year}
    sheet = ListSheet(title, columns, lines.order_by("position", "pk"))
    return File(f"thon-lang-{year}.xlsx", dump(sheet))


def _state(line) -> str:
    state = village_states.state_of(line.urgency)
    return str(state.label) if state else ""
