from __future__ import annotations

from django.urls import path

from talkoot.listen.surveys.views import (
    answering,
    building,
    importing,
    inviting,
    public,
    running,
    thanks,
    workspace,
)

app_name = "surveys"
_ANSWER = "<city:city>/vastaa/<slug:token>/"
_ROUND = "<city:city>/tyotila/kyselyt/<int:pk>/"
_FORM = "<city:city>/tyotila/kyselylomakkeet/"
_QUESTION = "<city:city>/tyotila/kysymykset/<int:pk>/"

urlpatterns = [
    path("<city:city>/kysely/", public.RoundList.as_view(), name="public_list"),
    path("<city:city>/kysely/<int:pk>/", public.RoundResults.as_view(), name="results"),
    path("<city:city>/kysely/<int:pk>/vastaukset.csv", public.OpenData.as_view(), name="open_data"),
    path("<city:city>/kysely/<int:pk>/laske.zip", public.Reproduction.as_view(), name="reproduce"),
    path("<city:city>/kysely/<int:pk>/muuttujat.json", public.Codebook.as_view(), name="codebook"),
    path(_ANSWER, answering.Start.as_view(), name="answer"),
    path(f"{_ANSWER}<int:number>/", answering.AnswerPage.as_view(), name="answer_page"),
    path(f"{_ANSWER}tarkista/", answering.Check.as_view(), name="check"),
    path(f"{_ANSWER}linkki/", thanks.SendLink.as_view(), name="answer_link"),
    path(f"{_ANSWER}kiitos/", thanks.Thanks.as_view(), name="thanks"),
    path("<city:city>/tyotila/kyselyt/", workspace.RoundList.as_view(), name="workspace_list"),
    path("<city:city>/tyotila/kyselyt/uusi/", running.RoundCreate.as_view(), name="round_create"),
    path(_ROUND, workspace.RoundResults.as_view(), name="workspace_results"),
    path(f"{_ROUND}tuo/", importing.Import.as_view(), name="import"),
    path(f"{_ROUND}laske/", workspace.Calculate.as_view(), name="calculate"),
    path(f"{_ROUND}tila/<slug:to>/", workspace.Step.as_view(), name="step"),
    path(f"{_ROUND}muokkaa/", running.RoundEdit.as_view(), name="round_edit"),
    path(f"{_ROUND}kutsut/", inviting.Invitations.as_view(), name="invitations"),
    path(f"{_ROUND}kutsut/uudet/", inviting.Invite.as_view(), name="invite"),
    path(f"{_ROUND}kutsut/osoitteet/", inviting.Addresses.as_view(), name="addresses"),
    path(f"{_ROUND}kutsut/laheta/", inviting.Send.as_view(), name="send"),
    path(f"{_ROUND}kutsut/muistuta/", inviting.Send.as_view(reminds=True), name="remind"),
    path(f"{_ROUND}kutsut/kirjeet/", inviting.Letters.as_view(), name="letters"),
    path(f"{_ROUND}vastaukset/", running.RawAnswers.as_view(), name="raw"),
    path(f"{_ROUND}vastaukset/muuttujat.json", running.RawCodebook.as_view(), name="raw_codebook"),
    path(f"{_ROUND}kirjaa/", running.Record.as_view(), name="record"),
    path(_FORM, building.QuestionnaireList.as_view(), name="questionnaires"),
    path(f"{_FORM}uusi/", building.QuestionnaireCreate.as_view(), name="questionnaire_create"),
    path(f"{_FORM}<int:pk>/", building.QuestionnaireDetail.as_view(), name="questionnaire"),
    path(f"{_FORM}<int:pk>/muokkaa/", building.QuestionnaireEdit.as_view(), name="questionnaire_edit"),
    path(f"{_FORM}<int:pk>/poista/", building.QuestionnaireDelete.as_view(), name="questionnaire_delete"),
    path(f"{_FORM}<int:pk>/painos/", building.QuestionnaireCopy.as_view(), name="questionnaire_copy"),
    path(f"{_FORM}<int:pk>/esikatselu/", building.Preview.as_view(), name="preview"),
    path(f"{_FORM}<int:pk>/pankki/", building.Bank.as_view(), name="bank"),
    path(f"{_FORM}<int:pk>/kysymys/", building.QuestionKinds.as_view(), name="question_kinds"),
    path(f"{_FORM}<int:pk>/kysymys/<slug:kind>/", building.QuestionAdd.as_view(), name="question_add"),
    path(f"{_QUESTION}muokkaa/", building.QuestionEdit.as_view(), name="question_edit"),
    path(f"{_QUESTION}siirra/<slug:way>/", building.QuestionMove.as_view(), name="question_move"),
    path(f"{_QUESTION}poista/", building.QuestionRemove.as_view(), name="question_remove"),
]
