"""What the list of drafts can be asked."""

from events.api import questions
from events.choices import IncidentStatus
from events.record import parameters


class DraftQuestion(questions.Paging):
    status = parameters.CodesField(
        required=False,
        words=IncidentStatus.pairs(),
        noun="a status",
        help_text="draft, submitted, published, withdrawn or merged; repeat it for several.",
    )
    order = questions.OrderField(words=questions.DAYS, help_text="newest logged first (the usual) or oldest first.")

    def among(self, incidents):
        """Those of the incidents that have one of the statuses asked for."""
        statuses = self.cleaned_data["status"]
        return incidents.filter(status__in=statuses) if statuses else incidents
