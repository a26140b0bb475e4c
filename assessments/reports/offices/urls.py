from django.urls import path

from assessments.reports.offices import views as offices

urlpatterns = [
    path("offices/", offices.listing, name="offices"),
    path("offices/<code:code>/", offices.edit, name="office"),
    path("offices/<code:code>/preview/", offices.preview, name="office_preview"),
]
