from typing import List, Optional, Tuple, TypedDict, final, type_check_only

import pyarrow as pa

__all__ = [
    "Files",
    "MarsadError",
    "__version__",
    "_break_off",
    "check_day",
    "code_batch",
    "code_text",
    "coded_schema",
    "explain_section",
    "incident_schema",
    "link",
    "page_frame",
    "read_store",
    "spread",
]

__version__: str

class MarsadError(RuntimeError): ...

@type_check_only
class GivenDocument(TypedDict):
    id: str
    text: str
    url: Optional[str]
    outlet: Optional[str]
    title: Optional[str]
    published: Optional[str]
    language: Optional[str]

@type_check_only
class How(TypedDict):
    threads: int
    record: bool
    published: Optional[str]
    outlet: Optional[str]
    limit: Optional[int]

def check_day(day: str) -> None: ...
def code_text(document: GivenDocument) -> str: ...
def explain_section(document: GivenDocument, number: int) -> str: ...
def page_frame() -> Tuple[str, str]: ...
def code_batch(batch: pa.RecordBatch, how: How) -> pa.RecordBatch: ...
def link(table: pa.Table, threads: int = 0) -> Tuple[pa.RecordBatch, List[str]]: ...
def coded_schema(record: bool = False) -> pa.Schema: ...
def incident_schema() -> pa.Schema: ...
def read_store(path: str, documents: bool) -> pa.Table: ...
def spread(step: str, batch: pa.RecordBatch) -> pa.RecordBatch: ...
def _break_off(message: str, threads: int) -> None: ...
@final
class Files:
    def __new__(cls, paths: List[str], how: How) -> Files: ...
    def __iter__(self) -> Files: ...
    def __next__(self) -> pa.RecordBatch: ...
