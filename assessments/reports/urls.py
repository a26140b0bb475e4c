from django.urls import path

from assessments.reports import views as reports

urlpatterns = [
    path("reports/", reports.latest, name="reports"),
    path("reports/<int:year>/", reports.listing, name="reports_year"),
    path("reports/<int:year>/<slug:slug>/", reports.province, name="report"),
    path("reports/<int:year>/persons/<slug:slug>/", reports.persons, name="person_report"),
    path(
        "reports/<int:year>/persons/<slug:slug>/units/<code:unit>/",
        reports.persons,
        name="unit_person_report",
    ),
    path("reports/<int:year>/<slug:slug>/units/<code:unit>/", reports.unit, name="unit_report"),
]
