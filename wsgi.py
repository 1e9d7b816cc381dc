"""The WSGI entry: `flask --app wsgi …`, `gunicorn wsgi:app`."""

from config import settings_from_environment
from journal import create_app

app = create_app(settings_from_environment())
