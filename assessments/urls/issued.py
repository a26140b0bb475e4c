from django.urls import path

from assessments.views import ledger

urlpatterns = [
    path("reports/issued/", ledger.listing, name="issued_reports"),
    path("reports/issued/<int:pk>/", ledger.issued, name="issued"),
    path("reports/issued/<int:pk>/file/", ledger.file, name="issued_file"),
    path("reports/issued/<int:pk>/anew/", ledger.anew, name="issued_anew"),
]
