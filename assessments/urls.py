"""The addresses of the room: those of its desks."""

from django.urls import include, path

DESKS = (
    # Before the grid, whose kinds would take a page of the review for a list.
    "review",
    "review.notices",
    "review.revisions",
    "review.rulebook",
    "review.supplements",
    "entry.counts",
    "entry.part_two",
    "entry.records",
    "entry.totals",
    "entry.grid",
    "figures",
    # Before the reports, whose names would take a page of these for a report.
    "reports.changed",
    "reports.documents",
    "reports.issued",
    "reports.offices",
    "reports",
    "workbooks.prepared",
    "workbooks",
    "operations",
)

app_name = "assessments"
urlpatterns = [path("", include(f"assessments.{desk}.urls")) for desk in DESKS]
