"""What may be given as documents, made into what the native half takes."""

from __future__ import annotations

import datetime
import os
from typing import Any, Iterable, List, Mapping, Optional, Union

import pyarrow as pa

#: A day as a string (ISO 8601), a date, or a time, whose own day counts.
Day = Union[str, datetime.date, datetime.datetime]

#: The fields of a document.
FIELDS = ("id", "text", "url", "outlet", "title", "published", "language")

SCHEMA = pa.schema([(name, pa.string()) for name in FIELDS])


def day(value: Optional[Day], name: str = "published") -> Optional[str]:
    """A day in ISO 8601."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"“{name}” is of type {type(value).__name__}; give a string (YYYY-MM-DD) or a date")


def field(name: str, value: Any) -> Optional[str]:
    """One field, as a string."""
    if name == "published":
        return day(value)
    if value is None or isinstance(value, str):
        return value
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"“{name}” is of type {type(value).__name__}; it must be a string")


def table(documents: Any) -> Union[pa.Table, pa.RecordBatchReader]:
    """Documents of any shape as a table, of which only the columns that count are kept."""
    if isinstance(documents, (str, bytes, Mapping)):
        raise TypeError(f"give a list of documents, not one {type(documents).__name__}; `marsad.code` codes one")
    if isinstance(documents, pa.RecordBatch):
        documents = pa.Table.from_batches([documents])
    if isinstance(documents, pa.RecordBatchReader):
        return documents
    module = type(documents).__module__.partition(".")[0]
    if module == "pandas" and hasattr(documents, "columns"):
        return of_pandas(documents)
    if module == "polars" and hasattr(documents, "to_arrow") and hasattr(documents, "columns"):
        documents = documents.select([name for name in documents.columns if name.lower() in FIELDS]).to_arrow()
    elif not isinstance(documents, pa.Table) and hasattr(documents, "__arrow_c_stream__") and not hasattr(documents, "dtype"):
        documents = pa.table(documents)
    if isinstance(documents, pa.Table):
        return documents.select([n for n, name in enumerate(documents.column_names) if name.lower() in FIELDS])
    if not isinstance(documents, Iterable):
        raise TypeError(f"documents cannot be read from {type(documents).__name__}; give a list, a table or a path")
    return of_rows(documents)


def of_pandas(frame: Any) -> pa.Table:
    frame = frame[[name for name in frame.columns if str(name).lower() in FIELDS]]
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TypeError(f"a column holds values of different types: {' '.join(map(str, error.args))}") from error


def of_rows(rows: Iterable[Union[str, Mapping[str, Any]]]) -> pa.Table:
    """Strings, which are numbered from 1, or mappings with the fields of documents."""
    columns: dict[str, List[Optional[str]]] = {name: [] for name in FIELDS}
    for number, row in enumerate(rows, 1):
        if isinstance(row, str):
            row = {"id": number, "text": row}
        elif not isinstance(row, Mapping):
            raise TypeError(f"document {number} is of type {type(row).__name__}; give a string, or a dict with “id” and “text”")
        for name in FIELDS:
            try:
                columns[name].append(field(name, row.get(name)))
            except TypeError as error:
                raise TypeError(f"document {number}: {error}") from None
    return pa.table(columns, schema=SCHEMA)


def paths(documents: Any) -> Optional[List[str]]:
    """The files that are meant, if files are meant."""
    if isinstance(documents, os.PathLike):
        return [os.fspath(documents)]
    if isinstance(documents, (list, tuple)) and documents and all(isinstance(one, os.PathLike) for one in documents):
        return [os.fspath(one) for one in documents]
    return None
