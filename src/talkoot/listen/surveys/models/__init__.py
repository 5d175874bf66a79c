from talkoot.listen.surveys.models.answers import Answer, Response
from talkoot.listen.surveys.models.questionnaire import Option, Question, Questionnaire
from talkoot.listen.surveys.models.rounds import Results, Round

__all__ = ["Answer", "Option", "Question", "Questionnaire", "Response", "Results", "Round"]
