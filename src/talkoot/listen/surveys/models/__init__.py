from talkoot.listen.surveys.models.answers import Response
from talkoot.listen.surveys.models.drafts import Draft, Invitation
from talkoot.listen.surveys.models.questionnaire import Questionnaire
from talkoot.listen.surveys.models.questions import MatrixRow, Option, Question
from talkoot.listen.surveys.models.rounds import Results, Round

__all__ = [
    "Draft",
    "Invitation",
    "MatrixRow",
    "Option",
    "Question",
    "Questionnaire",
    "Response",
    "Results",
    "Round",
]
