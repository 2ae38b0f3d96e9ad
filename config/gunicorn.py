"""How gunicorn serves the application: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os

wsgi_app = "config.wsgi"
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
control_socket_disable = True

# No access log, and the error log passes the same filter as the application's:
# gunicorn names the path of a request that failed, and a path may be somebody's personal link.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_links": {"()": "config.logs.NoLinks"}},
    "formatters": {
        "plain": {"()": "config.logs.PlainFormatter", "format": "%(levelname)s %(name)s %(message)s"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_links"], "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {
            "handlers": [],
            "propagate": True,
            "level": os.environ.get("GUNICORN_LOG_LEVEL", "WARNING"),
        },
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
