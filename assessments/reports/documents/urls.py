from django.urls import path

from assessments.reports.documents import views as documents

urlpatterns = [
    path("reports/<int:year>/documents/", documents.listing, name="documents"),
    path("reports/<int:year>/documents/<slug:kind>/", documents.province, name="document"),
    path(
        "reports/<int:year>/documents/<slug:kind>/units/<code:unit>/",
        documents.unit, name="unit_document",
    ),
    path("reports/documents/fields/", documents.fields, name="document_fields"),
    path("reports/documents/<slug:kind>/template/", documents.template, name="document_template"),
    path(
        "reports/documents/<slug:kind>/template/file/",
        documents.template_file, name="document_template_file",
    ),
    path(
        "reports/documents/<slug:kind>/template/default/",
        documents.template_default, name="document_template_default",
    ),
]  # fmt: skip
