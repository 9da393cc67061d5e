"""All doors: record (public), desk, following, API, sign-in, the superuser's admin."""

from allauth.account import views as accounts
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from events.desk.views import invitations

urlpatterns = [
    path("", include("events.record.urls")),
    path("desk/releases/", include("events.freezing.urls")),
    path("desk/", include("events.desk.urls")),
    path("following/", include("events.following.urls")),
    path("api/", include("events.api.urls")),
    path("accounts/login/", login_not_required(accounts.login), name="account_login"),
    path("accounts/logout/", accounts.logout, name="account_logout"),
    path("accounts/password/change/", accounts.password_change, name="account_change_password"),
    path("accounts/reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("accounts/invitation/<str:secret>/", invitations.use, name="account-invitation"),
    path("admin/", admin.site.urls),
]
handler400 = "events.record.views.problems.bad_request"
handler403 = "events.record.views.problems.forbidden"
handler404 = "events.record.views.problems.not_found"
handler500 = "events.record.views.problems.server_error"
