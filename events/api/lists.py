"""Every list of the API with what it can be asked, for the guide and for the codebook."""

from events.api import questions, questions_ties
from events.api.change_question import ChangeQuestion

QUESTIONS = {
    "incidents": questions.incidents,
    "claims": questions.ClaimQuestion,
    "changes": ChangeQuestion,
    "editions": questions.EditionQuestion,
    "links": questions_ties.LinkQuestion,
    "documents": questions_ties.DocumentQuestion,
    "actors": questions.ActorQuestion,
    "relations": questions_ties.RelationQuestion,
    "locations": questions.LocationQuestion,
    "sources": questions.SourceQuestion,
    "statistics": questions.selection,
}
