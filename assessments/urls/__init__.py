"""The addresses of the room, one module a page group."""

from assessments.urls import (
    activities,
    dashboard,
    documents,
    entry,
    issued,
    notices,
    offices,
    prepared,
    reports,
    review,
    revisions,
    schemes,
    supplements,
    totals,
    upload,
)

app_name = "assessments"
urlpatterns = [
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
    *review.urlpatterns,
    *revisions.urlpatterns,
    *schemes.urlpatterns,
    *upload.urlpatterns,
]
