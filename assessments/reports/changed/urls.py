from django.urls import path

from assessments.reports.changed import views

urlpatterns = [
    path("years/<int:year>/changes/", views.changes, name="changes"),
    path("years/<int:year>/changes/<code:unit>/", views.changes, name="unit_changes"),
]
