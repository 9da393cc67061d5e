"""Roles, and who may do what. Every verb of the desk and the press asks here; doors ask too, to show only what works."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import EDITORIAL_LINKS, IncidentStatus, Verdict

ANALYSTS = "Analysts"
EDITORS = "Editors"


# What became of an incident that somebody still had open as a draft.
MOVED_ON = {
    IncidentStatus.SUBMITTED: _(
        "This incident was submitted and is with the editors. Ask an editor to return it to you, or "
        "tell them what you wanted to change."
    ),
    IncidentStatus.WITHDRAWN: _(
        "This incident was withdrawn or put away; nothing is changed in it or added to it any more."
    ),
    IncidentStatus.MERGED: _("This incident was merged into another one. What you have belongs there now."),
}


class MovedOn(PermissionDenied):
    """The person could have done it before, and cannot any more. `incident` is where to look, or None."""

    def __init__(self, sentence, incident=None):
        self.incident = incident
        super().__init__(sentence)


def role_of(user):
    """One of "anonymous", "researcher", "analyst", "editor", "admin". Asked of the database once per user object."""
    return granted_role(user) if user.is_authenticated and user.is_active else "anonymous"


def granted_role(user):
    """The role that the account holds, be it open or closed."""
    if user.is_superuser:
        return "admin"
    if not hasattr(user, "_ledger_role"):
        groups = set(user.groups.values_list("name", flat=True))
        user._ledger_role = "editor" if EDITORS in groups else "analyst" if ANALYSTS in groups else "researcher"
    return user._ledger_role


def as_analyst_at_most(user):
    """The same person without an editor's or admin's power, as far as this user object goes (never saved)."""
    if can_judge(user):
        user.is_superuser = False
        user._ledger_role = "analyst"
    return user


def can_work(user):
    """Log incidents and claims at the desk."""
    return role_of(user) in {"analyst", "editor", "admin"}


def can_judge(user):
    """Decide claims, publish, keep the registers."""
    return role_of(user) in {"editor", "admin"}


def can_manage_team(user):
    """Invite people, change their roles, close accounts, end their sessions, read who did so."""
    return role_of(user) == "admin"


def can_see_incident(user, incident):
    """Editors see every incident of the desk; analysts their own, those handed to them, and all that is published."""
    if can_judge(user):
        return True
    is_theirs = user.pk in (incident.created_by_id, incident.keeper_id)
    return can_work(user) and (is_theirs or incident.status == IncidentStatus.PUBLISHED)


def visible_incidents(user, path=""):
    """Q for the incidents that `can_see_incident` lets the person see; `path` leads to them, as "claim__incident__"."""
    if can_judge(user):
        return Q(**{f"{path}pk__isnull": False})
    if not can_work(user):
        return Q(pk__in=[])
    return (
        Q(**{f"{path}created_by": user})
        | Q(**{f"{path}keeper": user})
        | Q(**{f"{path}status": IncidentStatus.PUBLISHED})
    )


def own_incidents(user):
    """Q for the incidents that the person logged or was handed, whatever became of them; of the visible ones."""
    return Q(created_by=user) | Q(keeper=user)


def can_discuss(user, incident):
    """Whoever sees an incident at the desk discusses it; a draft is discussed by its author and the editors."""
    return can_see_incident(user, incident)


def can_rewrite_comment(user, comment):
    """Its author, until it is resolved; the verb also asks whether somebody has answered."""
    return comment.created_by_id == user.pk and comment.resolved_at is None and can_discuss(user, comment.incident)


def can_edit_incident(user, incident):
    """Who works on it while it is a draft, editors as long as it is open; published ones by anyone of the desk."""
    if not incident.is_open or not can_see_incident(user, incident):
        return False
    if can_judge(user) or incident.status == IncidentStatus.PUBLISHED:
        return True
    return incident.status == IncidentStatus.DRAFT and user.pk == (incident.keeper_id or incident.created_by_id)


def can_edit_claim(user, claim):
    """Its author or an editor, until it is decided; after that it is superseded or retracted, not rewritten.

    A claim that came back may be mended by its author although the incident stays with the editors. Who was handed the
    incident goes on in the author's place, and becomes one of the claim's writers by rewriting it.
    """
    is_handed_over = claim.incident is not None and claim.incident.keeper_id == user.pk
    is_own = can_work(user) and (claim.created_by_id == user.pk or is_handed_over)
    if claim.verdict == Verdict.NEEDS_CHANGES:
        return (is_own or can_judge(user)) and (claim.incident is None or claim.incident.is_open)
    if claim.verdict != Verdict.PENDING or (claim.incident is not None and not can_add_claim(user, claim.incident)):
        return False
    return can_judge(user) or is_own


def can_link(user, incident, type):
    """Propose a link that claims back, or set an editorial one: editors anywhere, authors on their drafts."""
    if type in EDITORIAL_LINKS and not can_judge(user):
        return incident.status == IncidentStatus.DRAFT and can_edit_incident(user, incident)
    return can_see_incident(user, incident)


def can_split(user, incident):
    """Editors, as long as it is open."""
    return can_judge(user) and incident.is_open


def can_restore(user, incident):
    """Editors undo a withdrawal; whether there was one the verb asks."""
    return can_judge(user) and incident.status == IncidentStatus.WITHDRAWN


def can_unmerge(user, incident):
    return can_judge(user) and incident.status == IncidentStatus.MERGED


def can_bring_back(user, incident):
    """A draft that was put away: its author and editors."""
    return incident.status == IncidentStatus.WITHDRAWN and can_see_incident(user, incident)


def can_go_back(user, incident):
    """To the facts of an earlier edition: whoever may edit the facts of what is public."""
    return incident.status == IncidentStatus.PUBLISHED and can_edit_incident(user, incident)


def can_add_claim(user, incident):
    return incident.is_open and can_edit_incident(user, incident)


def can_decide_claim(user, claim):
    """Editors, but nobody what they wrote or rewrote (I5)."""
    return can_judge(user) and user.pk not in claim.authors


def require_work(user):
    if not can_work(user):
        raise PermissionDenied(gettext("Only analysts and editors work at the desk."))


def require_judge(user):
    if not can_judge(user):
        raise PermissionDenied(gettext("Only editors may do this."))


def require_manage_team(user):
    if not can_manage_team(user):
        raise PermissionDenied(gettext("Only an admin keeps the team."))


def require_discuss(user, incident):
    if not can_discuss(user, incident):
        raise PermissionDenied(gettext("Only those who see an incident at the desk discuss it."))


def require_rewrite_comment(user, comment):
    if not can_rewrite_comment(user, comment):
        raise PermissionDenied(gettext("A comment is rewritten by who wrote it, until it is resolved."))


def require_edit_incident(user, incident):
    if can_edit_incident(user, incident):
        return
    if can_see_incident(user, incident):
        raise MovedOn(MOVED_ON.get(incident.status, gettext("Somebody else works on this incident now.")), incident)
    raise PermissionDenied(gettext("This incident is not yours to change at this stage."))


def require_edit_claim(user, claim):
    if can_edit_claim(user, claim):
        return
    if can_judge(user) or claim.created_by_id == user.pk:
        require_undecided(claim)
        if claim.incident is not None:
            require_edit_incident(user, claim.incident)
    raise PermissionDenied(gettext("This claim cannot be changed any more, or is not yours."))


def require_undecided(claim):
    """A decision stands until it is opened again: nobody rewrites such a claim, or decides it a second time unawares."""
    if claim.verdict in (Verdict.ACCEPTED, Verdict.REJECTED):
        verdict = gettext(Verdict.label_of(claim.verdict)).lower()
        raise MovedOn(
            gettext(
                "This claim has been decided: %(verdict)s. Its words stay as they are; add a claim that supersedes "
                "it, or ask an editor to open the decision again."
            )
            % {"verdict": verdict},
            claim.incident,
        )


def require_decide_claim(user, claim):
    require_judge(user)
    if not can_decide_claim(user, claim):
        raise PermissionDenied(gettext("Nobody decides a claim they wrote or rewrote; another editor has to."))
