from django.urls import path

from assessments.views import offices

urlpatterns = [
    path("offices/", offices.listing, name="offices"),
    path("offices/<str:code>/", offices.edit, name="office"),
    path("offices/<str:code>/preview/", offices.preview, name="office_preview"),
]
