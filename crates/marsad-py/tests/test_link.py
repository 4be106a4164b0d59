"""Linking, observatories, pages."""

import json
import re
import subprocess

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import marsad


@pytest.fixture(scope="module")
def coded(documents):
    return marsad.code_many(documents)


def plain(incident):
    """A row in the shape of a line of `marsad link`."""

    def shaped(value, name=""):
        if isinstance(value, dict):
            if set(value) == {"start", "end"} and isinstance(value["start"], int):
                return [value["start"], value["end"]]
            if set(value) == {"a", "b"}:
                return [value["a"], value["b"]]
            return {name: shaped(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [shaped(one) for one in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    out = {"record": "marsad-incident/1", **shaped(incident)}
    for one in out["participants"]:
        for name in ("unit", "according_to"):
            if one[name] is None:
                del one[name]
    if not out["retold_by"]:
        del out["retold_by"]
    return out


def test_incidents_are_those_of_the_command_line(coded, examples, marsad_program, tmp_path):
    lines = tmp_path / "coded.jsonl"
    subprocess.run([marsad_program, "code", str(examples), "-o", str(lines)], check=True)
    out = subprocess.run([marsad_program, "link", str(lines)], capture_output=True, check=True).stdout.decode()
    assert [plain(row) for row in marsad.link(coded).to_pylist()] == [json.loads(line) for line in out.splitlines()]


def test_detours_change_no_incident(coded, documents, tmp_path):
    incidents = marsad.link(coded)
    assert incidents.schema == marsad.incident_schema() and incidents.num_rows > 10
    file = tmp_path / "coded.parquet"
    pq.write_table(coded, file)
    detours = {
        "other order": coded.take(list(reversed(range(coded.num_rows)))),
        "records": marsad.code_many(documents, record=True),
        "parquet": pq.read_table(file),
        "reader": coded.to_reader(max_chunksize=5),
        "pandas": coded.to_pandas(),
        "polars": polars.from_arrow(coded),
        "one thread": coded,
    }
    for name, detour in detours.items():
        assert marsad.link(detour, threads=1).equals(incidents), name


def test_two_texts_of_one_id_are_warned_of():
    texts = ["قُتل مدني بقصف على بلدة كفرنبل.", "أصيب جنديان بانفجار عبوة ناسفة قرب مدينة الباب."]
    coded = marsad.code_many([{"id": "a", "text": text} for text in texts])
    with pytest.warns(UserWarning, match="document 'a': given with two different texts"):
        marsad.link(coded)


def test_what_cannot_be_linked_is_named(coded):
    with pytest.raises(ValueError, match="column “events”: there is none"):
        marsad.link(coded.drop_columns(["events"]))
    with pytest.raises(ValueError, match="column “url”: there is none"):
        marsad.link(pandas.DataFrame({"id": ["a"]}))
    with pytest.raises(TypeError, match="coded documents cannot be read from int"):
        marsad.link(7)
    with pytest.raises(ValueError, match="column “record”: row 1: not JSON"):
        marsad.link(pa.table({"record": ["{"]}))


def test_events_are_rows(coded):
    events = marsad.events(coded)
    assert events.num_rows == sum(len(one) for one in coded["events"].to_pylist())
    assert all(id.startswith(f"{document}#") for id, document in zip(events["id"].to_pylist(), events["document"].to_pylist()))
    assert marsad.events(coded.slice(3, 4)).num_rows == sum(len(one) for one in coded.slice(3, 4)["events"].to_pylist())


def test_an_observatory_is_read(coded, examples, marsad_program, tmp_path):
    store = tmp_path / "observatory"
    subprocess.run([marsad_program, "init", str(store)], check=True, capture_output=True)
    subprocess.run([marsad_program, "ingest", "--store", str(store), str(examples)], check=True, capture_output=True)
    subprocess.run([marsad_program, "link", "--store", str(store)], check=True, capture_output=True)
    documents = marsad.read_store(store, "documents")
    # An observatory gives documents ids of its own.
    kept = ["url", "outlet", "title", "published", "language", "sha256", "chars"]
    assert documents.select(kept).sort_by("sha256").equals(coded.select(kept).sort_by("sha256"))
    incidents = marsad.read_store(store)
    assert incidents.num_rows == marsad.link(coded).num_rows
    assert marsad.read_store(store, "events").num_rows == marsad.events(coded).num_rows
    assert isinstance(marsad.read_store(str(store), as_="pandas"), pandas.DataFrame)
    assert marsad.read_store(store, as_="polars").height == incidents.num_rows


def test_an_observatory_that_is_none_is_told(tmp_path):
    with pytest.raises(ValueError, match="there is no observatory in"):
        marsad.read_store(tmp_path)
    with pytest.raises(ValueError, match="give “incidents”"):
        marsad.read_store(tmp_path, "people")
    with pytest.raises(ValueError, match="give “pyarrow”"):
        marsad.read_store(tmp_path, as_="excel")


def test_a_page_explains_itself_in_a_notebook(documents, marsad_program, tmp_path, examples):
    page = marsad.explain_html(documents)
    written = tmp_path / "page.html"
    subprocess.run([marsad_program, "explain", str(examples), "--html", str(written)], check=True, capture_output=True)
    assert page.html == written.read_text("utf-8")
    shown = page._repr_html_()
    assert shown.startswith("<iframe sandbox") and not re.search(r"<(?!/?iframe)", shown)
    page.save(tmp_path / "saved.html")
    assert (tmp_path / "saved.html").read_text("utf-8") == str(page)


def test_a_page_refuses_what_it_cannot_explain():
    with pytest.raises(ValueError, match="the “text” is empty"):
        marsad.explain_html("")
    with pytest.raises(TypeError, match="“text” is of type int"):
        marsad.explain_html([{"text": 3}])
