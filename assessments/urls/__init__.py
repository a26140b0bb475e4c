"""The addresses of the room, one module a page group."""

from assessments.entry.counts import urls as activities
from assessments.entry.grid import urls as entry
from assessments.entry.totals import urls as totals
from assessments.figures import urls as dashboard
from assessments.reports import urls as reports
from assessments.reports.documents import urls as documents
from assessments.reports.issued import urls as issued
from assessments.reports.offices import urls as offices
from assessments.review import urls as review
from assessments.review.notices import urls as notices
from assessments.review.revisions import urls as revisions
from assessments.review.rulebook import urls as schemes
from assessments.review.supplements import urls as supplements
from assessments.workbooks import urls as upload
from assessments.workbooks.prepared import urls as prepared

app_name = "assessments"
urlpatterns = [
    # Before the grid, whose kinds would take a page of the review for a list.
    *review.urlpatterns,
    *activities.urlpatterns,
    *dashboard.urlpatterns,
    *supplements.urlpatterns,
    *totals.urlpatterns,
    *entry.urlpatterns,
    *documents.urlpatterns,
    *issued.urlpatterns,
    *notices.urlpatterns,
    *offices.urlpatterns,
    *prepared.urlpatterns,
    *reports.urlpatterns,
    *revisions.urlpatterns,
    *schemes.urlpatterns,
    *upload.urlpatterns,
]
