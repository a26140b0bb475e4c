"""The addresses of the room, one module a page group."""

from assessments.urls import dashboard, entry, reports, review, schemes, upload

app_name = "assessments"
urlpatterns = [
    *dashboard.urlpatterns,
    *entry.urlpatterns,
    *reports.urlpatterns,
    *review.urlpatterns,
    *schemes.urlpatterns,
    *upload.urlpatterns,
]
