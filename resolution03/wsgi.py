import os

from django.core.wsgi import get_wsgi_application

from resolution03.lib.catalog import make_catalog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
make_catalog()
application = get_wsgi_application()

from assessments.operations.restoring import settle  # noqa: E402 (knows the models)
from orgs.jobs.workers import begin  # noqa: E402

settle()
begin()
