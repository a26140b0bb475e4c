from django.urls import path

from assessments.reports.issued import views as ledger

urlpatterns = [
    path("reports/issued/", ledger.listing, name="issued_reports"),
    path("reports/issued/<int:pk>/", ledger.issued, name="issued"),
    path("reports/issued/<int:pk>/file/", ledger.file, name="issued_file"),
    path("reports/issued/<int:pk>/anew/", ledger.anew, name="issued_anew"),
]
