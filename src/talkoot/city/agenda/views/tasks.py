from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.agenda import actions, subjects
from talkoot.city.agenda.filters import MINE, TaskFilter
from talkoot.city.agenda.forms import TaskForm
from talkoot.city.agenda.models import ChecklistItem, Task
from talkoot.city.agenda.tables import TaskTable
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import CreatePage, DetailPage, EditPage, FormPage, ListPage, ObjectMixin, StepPage
from talkoot.kit.crud.views.changes import StepForm

if TYPE_CHECKING:
    from django import forms
    from django.db.models import Model, QuerySet

    from talkoot.kit.access.request import Request

_SEE, _EDIT, _FINISH = "agenda.see", "agenda.edit", "agenda.finish"


class _Tasks(WorkspaceView):
    request: Any
    model: ClassVar[type[Model]] = Task

    def get_queryset(self) -> QuerySet[Task]:
        rows: QuerySet[Task] = super().get_queryset()  # type: ignore[misc]  # of the page beside which this stands
        return rows.select_related("city", "owner", "unit")


class TaskList(_Tasks, ListPage):
    permission = _SEE
    template_name = "agenda/list.html"
    table_class = TaskTable
    filterset_class = TaskFilter
    export_name = "tehtavat"

    def setup(self, request: Request, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # our request is narrower
        """Without another wish: one's own open tasks."""
        super().setup(request, *args, **kwargs)
        asked = request.GET.copy()
        asked.setdefault("whose", MINE)
        asked.setdefault("state", Task.State.OPEN.value)
        request.GET = asked  # type: ignore[assignment]  # a query with its defaults written out

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_EDIT, self.request.city)
        return super().get_context_data(may_edit=may, **kwargs)


class TaskDetail(_Tasks, DetailPage):
    permission = _SEE
    template_name = "agenda/detail.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task, user = self.object, self.request.user
        return super().get_context_data(
            may_edit=user.has_perm(_EDIT, task),
            may_finish=user.has_perm(_FINISH, task),
            items=task.items.select_related("done_by"),
            subject_url=subjects.url_of(task),
            **kwargs,
        )


class TaskCreate(_Tasks, CreatePage):
    permission = _EDIT
    form_class = TaskForm
    heading = _("New task")

    def prepare(self, instance: Task) -> None:
        super().prepare(instance)
        instance.owner = instance.created_by = self.request.user

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("agenda:list", kwargs={"city": self.request.city.slug})
        return super().get_context_data(cancel_url=url, **kwargs)


class TaskEdit(_Tasks, EditPage):
    permission = _EDIT
    form_class = TaskForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.object.get_absolute_url(), **kwargs)


class TaskDone(_Tasks, ObjectMixin, FormPage):
    """One click marks a task done; another opens it again."""

    permission = _FINISH
    template_name = "crud/step.html"
    form_class = StepForm
    heading = _("Mark done")
    submit_label = _("Mark done")
    saved_notice = _("Saved.")

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form = StepForm(data)
        del form.fields["reason"]
        return form

    def save(self, form: Any) -> str:
        if self.object.state == Task.State.OPEN:
            actions.finish(self.object, by=self.request.user)
        else:
            actions.reopen(self.object, by=self.request.user)
        return str(self.object.get_absolute_url())


class TaskDrop(_Tasks, StepPage):
    """Giving a task up takes a reason."""

    permission = _EDIT
    heading = _("Drop the task")
    submit_label = _("Drop the task")

    def setup(self, request: Request, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # our request is narrower
        super().setup(request, *args, **{**kwargs, "to": Task.State.DROPPED.value})

    def step(self, form: Any) -> None:
        actions.drop(self.object, by=self.request.user, reason=form.cleaned_data["reason"])


class ItemTick(WorkspaceView, ObjectMixin, FormPage):
    """A step of a task, marked done or not done."""

    request: Any
    model = ChecklistItem
    permission = _FINISH
    template_name = "crud/step.html"
    form_class = StepForm
    heading = _("Mark the step")

    def get_queryset(self) -> QuerySet[ChecklistItem]:
        return super().get_queryset().filter(task__city=self.request.city).select_related("task__city")

    def permission_object(self) -> object:
        return self.object.task

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form = StepForm(data)
        del form.fields["reason"]
        return form

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        raise Http404

    def save(self, form: Any) -> str:
        item = self.object
        actions.tick(item, done=item.done_at is None, by=self.request.user)
        return str(item.task.get_absolute_url())
