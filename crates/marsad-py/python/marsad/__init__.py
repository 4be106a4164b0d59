"""Marsad reads Arabic news reports of armed conflict and codes every event in them.

>>> import marsad
>>> coded = marsad.code("قُتل ثلاثة مدنيين أمس بقصف مدفعي على بلدة كفرنبل في ريف إدلب.", published="2024-03-03")
>>> event = coded.events[0]
>>> event.action, event.when.start, event.where[0].name, event.casualties[0].best
('shelling', '2024-03-02', 'Kafr Nabl', 3)

One report: :func:`code`, :func:`explain_html`. Many: :func:`code_many`, :func:`code_batch`, which give Apache Arrow
tables, and :func:`events`, which has a row for every event. What several reports tell of one happening: :func:`link`.
What an observatory holds: :func:`read_store`.

The same text gives the same events here, in ``marsad code``, and on a cluster.
"""

from ._native import MarsadError, __version__
from .coding import code, code_batch, code_many, coded_schema
from .explaining import Explanation, explain_html
from .linking import incident_schema, link
from .records import (
    Acled,
    Attribution,
    Casualties,
    Coded,
    Diagnostic,
    Document,
    Event,
    Object,
    Participant,
    Plover,
    Relation,
    Trigger,
    Weapon,
    When,
    Where,
)
from .store import read_store
from .tables import events

__all__ = [
    "Acled",
    "Attribution",
    "Casualties",
    "Coded",
    "Diagnostic",
    "Document",
    "Event",
    "Explanation",
    "MarsadError",
    "Object",
    "Participant",
    "Plover",
    "Relation",
    "Trigger",
    "Weapon",
    "When",
    "Where",
    "__version__",
    "code",
    "code_batch",
    "code_many",
    "coded_schema",
    "events",
    "explain_html",
    "incident_schema",
    "link",
    "read_store",
]
