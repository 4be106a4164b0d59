"""One report: typed objects, and what is wrong with arguments."""

import datetime
import json

import pytest

import marsad

STRIKE = "قُتل ثلاثة مدنيين أمس السبت بقصف مدفعي على بلدة كفرنبل في ريف إدلب."


def test_objects_are_the_record(documents):
    table = marsad.code_many(documents, record=True)
    for document, line in zip(documents, table["record"].to_pylist()):
        record = json.loads(line)
        assert marsad.code(**document).to_dict() == record
        assert marsad.Coded.from_dict(record).to_dict() == record


def test_values_are_typed():
    event = marsad.code(STRIKE, published="2024-03-03").events[0]
    assert isinstance(event, marsad.Event) and isinstance(event.where[0], marsad.Where)
    assert STRIKE[slice(*event.trigger.span)] == event.trigger.text
    assert event.weapons == () or isinstance(event.weapons[0].class_, str)
    with pytest.raises(AttributeError):
        event.action = "protest"


@pytest.mark.parametrize("day", ["2024-03-03", datetime.date(2024, 3, 3), datetime.datetime(2024, 3, 3, 23, 59)])
def test_a_day_may_be_a_string_or_a_date(day):
    assert marsad.code(STRIKE, published=day).events[0].when.start == "2024-03-02"


def test_what_is_odd_travels_with_the_record():
    coded = marsad.code("Five people were killed last night in the north, residents said.")
    assert coded.events == () and coded.diagnostics[0].level == "warning"


@pytest.mark.parametrize(
    "arguments, error, reason",
    [
        ({"text": None}, TypeError, "“text” is of type NoneType"),
        ({"text": b"bytes"}, TypeError, "“text” is of type bytes"),
        ({"text": STRIKE, "outlet": 3}, TypeError, "“outlet” is of type int"),
        ({"text": STRIKE, "published": 20240303}, TypeError, "“published” is of type int"),
        ({"text": STRIKE, "published": "yesterday"}, ValueError, "“yesterday” is no date"),
        ({"text": " \n"}, ValueError, "the “text” is empty"),
        ({"text": STRIKE, "id": ""}, ValueError, "the “id” is empty|the “id” is missing"),
        ({"text": STRIKE + "\ud800"}, ValueError, "“text” cannot be written as UTF-8 .surrogates not allowed, code point 67"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, reason):
    with pytest.raises(error, match=reason):
        marsad.code(**arguments)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_panic_is_an_exception(threads):
    with pytest.raises(marsad.MarsadError, match="this is a bug.*unlucky"):
        marsad._native._break_off("unlucky", threads)
    assert issubclass(marsad.MarsadError, Exception)
    assert marsad.code(STRIKE).events
