"""The superuser's back office: everything can be looked at here, nothing changed. People are kept on the team page."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.shortcuts import redirect
from django_q.models import Failure, OrmQ, Schedule, Success

from events.models.change import Change
from events.models.claim import Claim, Review
from events.models.edition import Edition
from events.models.incident import Incident

# The admin's own form would let passwords be guessed past the limits on sign-in.
admin.site.login = secure_admin_login(admin.site.login)
# What these forms change would leave no trace, and nothing here needs what the libraries bring of their own.
admin.site.password_change = lambda request, extra_context=None: redirect("account_change_password")
admin.site.unregister([User, Group, UserSession, EmailAddress, Failure, OrmQ, Schedule, Success])
admin.site.site_header = admin.site.site_title = "Frontier Ledger administration"


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows are written by verbs only, so that rights, rules and traces hold."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    fields = ("username", "is_active", "is_superuser", "groups", "date_joined", "last_login")
    list_display = ("username", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    search_fields = ("username",)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    fields = list_display = ("name",)


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "status", "date_start")
    list_filter = ("status", "category")
    search_fields = ("title", "uid")


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("uid", "aspect", "verdict", "credibility")
    list_filter = ("verdict", "aspect")
    search_fields = ("uid",)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("at", "decision", "reviewer")
    list_filter = ("decision",)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("subject_uid", "number", "kind", "reason", "published_at")
    list_filter = ("kind", "reason")
    search_fields = ("subject_uid",)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "model", "object_uid", "field", "by")
    list_filter = ("model",)
    search_fields = ("object_uid",)
