from talkoot.listen.pulse.forms.sending import (
    CommentForm,
    CompanyForm,
    ContactForm,
    FeedbackForm,
    SuggestionForm,
)
from talkoot.listen.pulse.forms.working import (
    AnswerForm,
    AssignForm,
    CheckForm,
    CloseForm,
    HandOverForm,
    JoinForm,
    NoteForm,
    OutcomeForm,
    TagForm,
)

__all__ = [
    "AnswerForm",
    "AssignForm",
    "CheckForm",
    "CloseForm",
    "CommentForm",
    "CompanyForm",
    "ContactForm",
    "FeedbackForm",
    "HandOverForm",
    "JoinForm",
    "NoteForm",
    "OutcomeForm",
    "SuggestionForm",
    "TagForm",
]
