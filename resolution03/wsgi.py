import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
application = get_wsgi_application()

from assessments.operations.restoring import settle  # noqa: E402 (knows the models)

settle()
