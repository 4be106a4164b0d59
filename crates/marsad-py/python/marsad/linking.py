"""Linking: which events of different reports tell one happening."""

from __future__ import annotations

import warnings
from typing import Any

import pyarrow as pa

from . import _native
from .tables import coded_table


def link(table: Any, *, threads: int = 0) -> pa.Table:
    """Link coded documents; gives an Arrow table with a row for every incident, as ``marsad link`` finds them.

    ``table`` is what :func:`marsad.code_many` or :func:`marsad.read_store` gave, also after a detour through pandas, polars
    or Parquet; rows may be added, dropped and come in any order. A document that was given with two different texts is linked
    once, and warned of.

    >>> import marsad
    >>> reports = [
    ...     {"id": "a", "text": "قُتل ثلاثة مدنيين أمس بقصف مدفعي على مدينة سراقب.", "published": "2024-03-03"},
    ...     {"id": "b", "text": "قتل 4 مدنيين بقصف مدفعي استهدف سراقب يوم السبت.", "published": "2024-03-03"},
    ... ]
    >>> incidents = marsad.link(marsad.code_many(reports))
    >>> incidents.select(["action", "documents", "voices"]).to_pylist()
    [{'action': 'shelling', 'documents': ['a', 'b'], 'voices': 2}]
    """
    incidents, clashing = _native.link(coded_table(table), threads)
    for id in clashing:
        warnings.warn(f"document {id!r}: given with two different texts; only one of them is linked", stacklevel=2)
    return pa.Table.from_batches([incidents])


def incident_schema() -> pa.Schema:
    """The schema of incidents: what :func:`link` gives.

    >>> import marsad
    >>> marsad.incident_schema().names[:6]
    ['id', 'events', 'documents', 'voices', 'action', 'when']
    """
    return _native.incident_schema()
