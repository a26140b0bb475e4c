"""The addresses of the room, one module a page group."""

from assessments.urls import (
    dashboard,
    entry,
    reports,
    review,
    revisions,
    schemes,
    supplements,
    upload,
)

app_name = "assessments"
urlpatterns = [
    *dashboard.urlpatterns,
    *supplements.urlpatterns,
    *entry.urlpatterns,
    *reports.urlpatterns,
    *review.urlpatterns,
    *revisions.urlpatterns,
    *schemes.urlpatterns,
    *upload.urlpatterns,
]
