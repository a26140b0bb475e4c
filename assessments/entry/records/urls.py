from django.urls import path

from assessments.entry.records import views as records

urlpatterns = [
    path("records/<int:year>/", records.records, name="records"),
    path("records/<int:year>/units/<code:unit>/", records.unit_records, name="unit_records"),
    path("records/<int:year>/units/<code:unit>/add/<slug:kind>/", records.add, name="record_add"),
    path("records/<int:year>/units/<code:unit>/<int:pk>/", records.record, name="record"),
    path("records/<int:year>/units/<code:unit>/<int:pk>/remove/", records.remove, name="record_remove"),
    path("records/<int:year>/units/<code:unit>/<int:pk>/file/", records.file, name="record_file"),
]
