"""Coding: texts in, events out."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, Iterator, Optional

import pyarrow as pa

from . import _native
from .documents import Day, day, field, paths, table
from .records import Coded

#: So many rows are coded between two looks at the keyboard.
ROWS = 8192


def document(
    text: str,
    id: str,
    published: Optional[Day],
    outlet: Optional[str],
    title: Optional[str],
    url: Optional[str],
    language: Optional[str],
) -> _native.GivenDocument:
    """One document as the native half takes it."""
    if not isinstance(text, str):
        raise TypeError(f"“text” is of type {type(text).__name__}; it must be a string")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"“text” cannot be written as UTF-8 ({error.reason}, code point {error.start}); mend it where it was read") from error
    published = day(published)
    if published is not None:
        _native.check_day(published)
    return {
        "id": field("id", id) or "",
        "text": text,
        "url": field("url", url),
        "outlet": field("outlet", outlet),
        "title": field("title", title),
        "published": published,
        "language": field("language", language),
    }


def code(
    text: str,
    *,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    id: str = "document",
) -> Coded:
    """Code one report, headline first. “Yesterday” and “on Saturday” are counted from ``published``.

    >>> import marsad
    >>> coded = marsad.code(
    ...     "أصيب جنديان مساء السبت بانفجار عبوة ناسفة قرب مدينة الباب، بحسب ما أفادت شبكة الوادي.",
    ...     published="2024-03-03",
    ...     outlet="وكالة الضفاف",
    ... )
    >>> for event in coded.events:
    ...     print(event.action, event.when.start, event.casualties[0].outcome, event.casualties[0].best)
    explosive_device 2024-03-02 injured 2
    >>> coded.to_dict()["document"]["outlet"]
    'وكالة الضفاف'

    A text without events, or one in another language, gives none:

    >>> marsad.code("فاز فريق المدينة بثلاثة أهداف مقابل هدف في مباراة الأمس.").events
    ()

    Raises ``TypeError`` and ``ValueError`` where an argument is of the wrong type, no date, or empty.
    """
    line = _native.code_text(document(text, id, published, outlet, title, url, language))
    return Coded.from_dict(json.loads(line))


def code_many(
    documents: Any,
    *,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    threads: int = 0,
    record: bool = False,
    limit: Optional[int] = None,
) -> pa.Table:
    """Code many reports on all cores, or on so many ``threads``; gives an Arrow table with a row for every document.

    ``documents`` may be

    - an iterable of strings, which are numbered from 1, or of dicts with ``id`` and ``text`` and, if known, ``url``,
      ``outlet``, ``title``, ``published`` and ``language``;
    - a table or frame with such columns: of pyarrow (also a ``RecordBatchReader``), pandas, polars, or any library that
      speaks the Arrow PyCapsule protocol;
    - a ``pathlib.Path``, or a list of them, to files or folders of any format that ``marsad code`` reads.

    ``published`` and ``outlet`` stand for documents that do not name their own. ``record`` adds the line that
    ``marsad code`` prints. Texts of more than ``limit`` bytes (64 MiB) are not coded.

    >>> import marsad
    >>> table = marsad.code_many([
    ...     {"id": "a", "text": "قُتل ثلاثة مدنيين أمس بقصف مدفعي على بلدة كفرنبل.", "published": "2024-03-03"},
    ...     {"id": "b", "text": None},
    ... ])
    >>> [len(events) for events in table["events"].to_pylist()]
    [1, 0]
    >>> table["diagnostics"].to_pylist()[1]
    ['error: the “text” is missing; give the whole report there']

    A bad row never raises: its reason stands in ``diagnostics``. What does raise, before anything is coded: a column that
    is missing (``ValueError``), a column or value of the wrong type (``ValueError``, ``TypeError``), a file that cannot be
    opened, such as a Parquet file that was cut short (``ValueError``).
    """
    how: _native.How = {"threads": threads, "record": record, "published": day(published), "outlet": outlet, "limit": limit}
    files = paths(documents)
    coded: Iterator[pa.RecordBatch]
    if files is not None:
        coded = _native.Files(files, how)
    else:
        of = table(documents)
        reader = of.to_reader(max_chunksize=ROWS) if isinstance(of, pa.Table) else of
        # Rows or none, wrong columns are told.
        first = pa.RecordBatch.from_pylist([], schema=reader.schema)
        batches = chain([first], (part for batch in reader for part in cut(batch)))
        coded = (_native.code_batch(batch, how) for batch in batches)
    return pa.Table.from_batches(coded, schema=_native.coded_schema(record))


def cut(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A large batch in parts, without copying."""
    return (batch.slice(start, ROWS) for start in range(0, batch.num_rows, ROWS))


def code_batch(
    batch: pa.RecordBatch,
    *,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    threads: int = 0,
    record: bool = False,
    limit: Optional[int] = None,
) -> pa.RecordBatch:
    """Code one Arrow batch: the contract for engines such as Spark. As :func:`code_many`, for a batch at a time.

    The batch passes into Rust and back through the Arrow C data interface, so nothing is copied. Any object that has
    ``__arrow_c_array__`` will do. The result has as many rows, in the same order, and the schema of :func:`coded_schema`.

    >>> import marsad, pyarrow as pa
    >>> batch = pa.record_batch({"id": ["a"], "text": ["شنّ طيران مجهول غارة على قرية التل الأحمر فجر الأحد."]})
    >>> marsad.code_batch(batch).column("events")[0][0]["action"].as_py()
    'airstrike'
    """
    how: _native.How = {"threads": threads, "record": record, "published": day(published), "outlet": outlet, "limit": limit}
    return _native.code_batch(batch, how)


def coded_schema(record: bool = False) -> pa.Schema:
    """The schema of coded documents: what :func:`code_many` and :func:`code_batch` give.

    >>> import marsad
    >>> marsad.coded_schema().names
    ['id', 'url', 'outlet', 'title', 'published', 'language', 'sha256', 'chars', 'events', 'rare', 'diagnostics']
    """
    return _native.coded_schema(record)
