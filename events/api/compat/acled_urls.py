"""ACLED's addresses below one base: `{base}/acled/read` as until 2025, `{base}/api/acled/read` and `oauth/token` since."""

from django.urls import path, re_path

from events.api.compat import acled

urlpatterns = [
    path("", acled.root, name="api-acled-root"),
    re_path(r"^oauth/token/?$", acled.token, name="api-acled-token"),
    re_path(r"^(?P<endpoint>[a-z]+)/read(?P<form>\.[a-z]+)?/?$", acled.legacy, name="api-acled-legacy"),
    re_path(r"^api/(?P<endpoint>[a-z]+)/read(?P<form>\.[a-z]+)?/?$", acled.current, name="api-acled-current"),
]
