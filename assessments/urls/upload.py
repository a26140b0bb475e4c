from django.urls import path

from assessments.views import upload

urlpatterns = [
    path("upload/", upload.choose, name="upload"),
    path("upload/<uuid:batch>/", upload.plan, name="upload_plan"),
    path("upload/<uuid:batch>/rows.xlsx", upload.rows, name="upload_rows"),
    path("upload/<uuid:batch>/apply/", upload.apply, name="upload_apply"),
]
