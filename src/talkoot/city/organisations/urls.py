from __future__ import annotations

from django.urls import path

from talkoot.city.organisations.views import joining, log, people, register, representation, units

app_name = "organisations"
_W = "<city:city>/tyotila"
urlpatterns = [
    path("kutsu/<str:token>/", joining.Accept.as_view(), name="accept"),
    path("oma/edustus/", representation.Ask.as_view(), name="ask"),
    path("oma/edustus/<int:pk>/koodi/", representation.ConfirmWithCode.as_view(), name="confirm"),
    path("oma/edustus/<int:pk>/peru/", representation.WithdrawOwn.as_view(), name="withdraw_own"),
    path(f"{_W}/yritykset/", register.OrganisationList.as_view(), name="list"),
    path(f"{_W}/yritykset/uusi/", register.OrganisationCreate.as_view(), name="create"),
    path(f"{_W}/yritykset/tuo/", register.CompanyImport.as_view(), name="import"),
    path(f"{_W}/yritykset/maarat/tuo/", register.PopulationImport.as_view(), name="import_population"),
    path(f"{_W}/yritykset/<int:pk>/", register.OrganisationDetail.as_view(), name="detail"),
    path(f"{_W}/yritykset/<int:pk>/muokkaa/", register.OrganisationEdit.as_view(), name="edit"),
    path(f"{_W}/yritykset/<int:pk>/kutsu/", people.InviteToCompany.as_view(), name="invite_to_company"),
    path(f"{_W}/henkilot/", people.People.as_view(), name="people"),
    path(f"{_W}/henkilot/kutsu/", people.Invite.as_view(), name="invite"),
    path(f"{_W}/henkilot/kutsut/<int:pk>/uudelleen/", people.Resend.as_view(), name="resend"),
    path(f"{_W}/henkilot/kutsut/<int:pk>/peru/", people.Withdraw.as_view(), name="withdraw"),
    path(f"{_W}/henkilot/<int:pk>/rooli/", people.ChangeRole.as_view(), name="change_role"),
    path(f"{_W}/henkilot/<int:pk>/poista/", people.EndMembership.as_view(), name="end_membership"),
    path(f"{_W}/yksikot/", units.UnitList.as_view(), name="units"),
    path(f"{_W}/yksikot/uusi/", units.UnitCreate.as_view(), name="unit_create"),
    path(f"{_W}/yksikot/<int:pk>/", units.UnitEdit.as_view(), name="unit"),
    path(f"{_W}/yksikot/<int:pk>/poista/", units.UnitDelete.as_view(), name="unit_delete"),
    path(f"{_W}/loki/", log.Log.as_view(), name="log"),
    path(f"{_W}/edustus/", representation.RequestList.as_view(), name="representations"),
    path(f"{_W}/edustus/<int:pk>/", representation.RequestDetail.as_view(), name="representation"),
    path(f"{_W}/edustus/<int:pk>/<slug:to>/", representation.Decide.as_view(), name="decide"),
]
