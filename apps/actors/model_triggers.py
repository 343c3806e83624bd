"""Triggers whose function names the model on which they stand."""

from abc import abstractmethod
from typing import override

import pgtrigger
from django.db import models


class ModelTrigger(pgtrigger.Trigger):
    """A trigger that says what it does when it is told of which model."""

    @abstractmethod
    def func_for(self, model: type[models.Model]) -> str:
        """The body of the function, in PL/pgSQL."""

    @override
    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # its annotation says instance
        return self.func_for(model)
