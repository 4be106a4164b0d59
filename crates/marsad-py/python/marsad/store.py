"""Observatories: what ``marsad init`` made and ``marsad ingest`` filled."""

from __future__ import annotations

import os
from typing import Any, Union

from . import _native
from .tables import events


def read_store(path: Union[str, "os.PathLike[str]"], what: str = "incidents", *, as_: str = "pyarrow") -> Any:
    """Read an observatory: its ``"incidents"``, its coded ``"documents"``, or the ``"events"`` of these.

    ``as_`` is ``"pyarrow"``, ``"pandas"`` or ``"polars"``. Incidents are those of the last ``marsad link --store``.

    >>> import marsad
    >>> marsad.read_store("no/such/folder")
    Traceback (most recent call last):
      ...
    ValueError: there is no observatory in no/such/folder or above it; make one with `marsad init DIR`, or name one with --store DIR
    """
    if what not in ("incidents", "documents", "events"):
        raise ValueError(f"what={what!r}: give “incidents”, “documents” or “events”")
    if as_ not in ("pyarrow", "pandas", "polars"):
        raise ValueError(f"as_={as_!r}: give “pyarrow”, “pandas” or “polars”")
    table = _native.read_store(os.fspath(path), what != "incidents")
    if what == "events":
        table = events(table)
    if as_ == "pandas":
        return table.to_pandas()
    if as_ == "polars":
        import polars

        return polars.from_arrow(table)
    return table
