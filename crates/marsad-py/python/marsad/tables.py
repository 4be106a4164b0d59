"""Tables of coded documents."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from . import _native


def coded_table(given: Any) -> pa.Table:
    """Coded documents as an Arrow table, whatever library holds them."""
    if isinstance(given, pa.Table):
        return given
    if isinstance(given, pa.RecordBatch):
        return pa.Table.from_batches([given])
    if isinstance(given, pa.RecordBatchReader):
        return given.read_all()
    if type(given).__module__.partition(".")[0] == "pandas":
        schema = _native.coded_schema(False)
        missing = [name for name in schema.names if name not in given.columns]
        if missing:
            raise ValueError(f"column “{missing[0]}”: there is none; give what `code_many` gave, with all of its columns")
        return pa.Table.from_pandas(given, schema=schema, preserve_index=False)
    if hasattr(given, "__arrow_c_stream__"):
        return pa.table(given)
    raise TypeError(f"coded documents cannot be read from {type(given).__name__}; give what `code_many` gave")


def events(table: Any) -> pa.Table:
    """A row for every event of coded documents: the fields of the event, with ``document``, ``outlet`` and ``published``
    of its document before them.

    >>> import marsad
    >>> coded = marsad.code_many(["قُتل ثلاثة مدنيين بقصف مدفعي على بلدة كفرنبل."], published="2024-03-03")
    >>> marsad.events(coded).select(["document", "id", "action"]).to_pylist()
    [{'document': '1', 'id': '1#1', 'action': 'shelling'}]
    """
    coded = coded_table(table)
    if "events" not in coded.column_names:
        raise ValueError("column “events”: there is none; give what `code_many` gave")
    lists = coded["events"].combine_chunks()
    # Here, since importing it takes as long as coding hundreds of reports.
    import pyarrow.compute as pc

    rows = pc.list_parent_indices(lists)
    flat = pc.list_flatten(lists)
    head = coded.select(["id", "outlet", "published"]).take(rows)
    columns = [*head.columns, *flat.flatten()]
    return pa.table(columns, names=["document", "outlet", "published", *(one.name for one in flat.type)])
