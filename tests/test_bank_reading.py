"""Banks as people keep them: every row arrives, in order, with its cells as they were."""

import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest

from analyser import bank
from analyser.bank import _columns, _markdown
from analyser.errors import InputError

STORY = "I told them “no” – it wasn’t ready, and the café’s résumé naïveté cost us a week of work."


def stories(frame):
    return list(frame[_columns.recognise(frame).text])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_csv_with_any_delimiter_in_any_encoding(tmp_path, delimiter, encoding):
    rows = ['"id"', '"My Answer"', '"notes"'], ['"007"', f'"{STORY} ""Really."""', '"=1+1"'], ['"2"', '""', '"x"']
    file = tmp_path / "b.csv"
    file.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    frame = bank.read(file)
    assert stories(frame) == [f'{STORY} "Really."', ""]
    assert list(frame["id"]) == ["007", "2"]
    assert list(frame["notes"]) == ["=1+1", "x"]


def test_a_story_on_several_lines_is_one_cell(tmp_path):
    (tmp_path / "b.csv").write_text('title,story\none,"first\n\nsecond, third"\n\ntwo,last\n')
    assert stories(bank.read(tmp_path / "b.csv")) == ["first\n\nsecond, third", "last"]


def test_one_column_needs_no_quotes(tmp_path):
    (tmp_path / "b.csv").write_text("story\nI did this, then that.\nAnd more; and more.\n")
    assert stories(bank.read(tmp_path / "b.csv")) == ["I did this, then that.", "And more; and more."]


def test_a_table_without_names_loses_no_first_story(tmp_path):
    (tmp_path / "b.csv").write_text(f'1,"{STORY * 2}"\n2,"{STORY}"\n')
    assert stories(bank.read(tmp_path / "b.csv")) == [STORY * 2, STORY]


def test_a_row_too_wide_keeps_its_cells_and_says_so(tmp_path):
    (tmp_path / "b.csv").write_text("title,story\na,I did it\nb,I did, well, it\n")
    frame = bank.read(tmp_path / "b.csv")
    assert list(frame.iloc[1])[:4] == ["b", "I did", " well", " it"]
    assert "Line 3 has 4 cells" in frame[_columns.FAULT][1]
    assert not frame[_columns.FAULT][0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("b.csv", 'story,x\n"open,1\nb,2\n', "b.csv, line 2: a quotation mark"),
        ("b.csv", 'story,x\na,1\n"b" c",2\n', "b.csv, line 3: a quotation mark"),
        ("b.csv", "", "holds no stories"),
        ("b.csv", "story\n", "holds no stories"),
        ("b.xlsx", "no workbook", "is not an XLSX workbook"),
        ("b.xls", "", "save it as .xlsx"),
        ("b.parquet", "no table", "is not a Parquet file"),
        ("b.json", '[{"story": "a"},\n nope]', "line 2: this is not JSON"),
        ("b.zip", "no zip", "is not a zip"),
        ("b.docx", "", "known by their ending"),
    ],
)
def test_what_is_no_bank_is_refused_in_one_sentence(tmp_path, name, content, words):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=words) as raised:
        bank.read(tmp_path / name)
    assert "\n" not in str(raised.value)


def test_what_is_not_there(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        bank.read(tmp_path / "b.csv")
    with pytest.raises(InputError, match="holds no Markdown files"):
        bank.read(tmp_path)


def test_columns_are_recognised_or_named():
    frame = pd.DataFrame({"Name": ["t"], "Draft_2": ["a b c"], "Competency": ["x"], "Interview question": ["q"]})
    with pytest.raises(InputError, match="--text-column, perhaps 'Draft_2'"):
        _columns.recognise(frame)
    columns = _columns.recognise(frame, "draft 2")
    assert columns == _columns.Columns("Draft_2", "Name", "Interview question", "Competency")
    with pytest.raises(InputError, match="no column 'x'; its columns are 'Name', 'Draft_2'"):
        _columns.recognise(frame, "x")


def test_of_two_known_columns_the_longer_holds_the_stories():
    frame = pd.DataFrame({"Story": ["Launch"], "Answer": ["I launched it and it went well."]})
    assert _columns.recognise(frame).text == "Answer"
    assert _columns.recognise(frame).title == "Story"


def test_a_story_in_parts_is_joined_in_the_order_of_telling(tmp_path):
    (tmp_path / "b.csv").write_text("Story,Result,Action,Situation\nLaunch,It rose,I cut it,We were late\n")
    frame = bank.read(tmp_path / "b.csv")
    assert stories(frame) == ["We were late\nI cut it\nIt rose"]
    assert list(frame.columns[:4]) == ["Story", "Result", "Action", "Situation"]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_xlsx_takes_the_sheet_with_stories_and_keeps_types(tmp_path):
    rows = [[], ["Title", "Story", None, "Year"], ["one", STORY, 1.5, 2020], [], ["two", 42, None, None]]
    (tmp_path / "b.xlsx").write_bytes(workbook([["About"], ["x"]], rows))
    frame = bank.read(tmp_path / "b.xlsx")
    assert stories(frame) == [STORY, None, 42]
    assert list(frame.columns) == ["Title", "Story", "column_3", "Year"]
    assert frame["Year"][0] == 2020


def test_parquet_keeps_its_types(tmp_path):
    given = pd.DataFrame({"story": [STORY, None], "when": pd.to_datetime(["2020-01-01", None]), "n": [1, 2]})
    given.to_parquet(tmp_path / "b.parquet")
    pd.testing.assert_frame_equal(bank.read(tmp_path / "b.parquet"), given)


def test_jsonl_keeps_a_bad_line_as_a_row(tmp_path):
    lines = [json.dumps({"story": STORY, "tags": ["a"]}), "{nope", "[1]", "", json.dumps({"story": 42, "n": 1})]
    (tmp_path / "b.jsonl").write_text("\n".join(lines))
    frame = bank.read(tmp_path / "b.jsonl")
    assert stories(frame) == [STORY, None, None, 42]
    assert frame["tags"][0] == ["a"]
    assert "Line 2, column 2" in frame[_columns.FAULT][1]
    assert frame["line"][1] == "{nope"


def test_a_folder_of_pages_with_front_matter(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.md").write_text("---\ntitle: Two\ntags: [a, b]\nagreed: no\n---\n# Head\n\nI did it.\n")
    (tmp_path / "one.md").write_text("# One\n\n**Situation:** We were late.\n## Result\nWe were not.\n")
    (tmp_path / "z.md").write_text("---\ntitle: [Z\n---\nI did.\n")
    (tmp_path / ".hidden.md").write_text("nobody's")
    frame = bank.read(tmp_path)
    assert list(frame["file"]) == ["b/two.md", "one.md", "z.md"]
    assert list(frame["title"]) == ["Two", "One", "z"]
    assert stories(frame) == ["I did it.", "We were late.\n\nWe were not.", "I did."]
    assert list(frame.loc[0, ["tags", "agreed"]]) == ["a, b", "no"]
    assert "Line 3: the front matter is not YAML" in frame[_columns.FAULT][2]


MARKDOWN = """# My bank

## Candor
### The late partner
Signal: candor
Q: Tell me about feedback.

**S:** He was late, and I said "you are late".
**Task** – make it stop.
### The customer
#### Situation
We lost one.
#### Action
- I called **them**.

## Nothing yet

## The launch
So what happened is that I had three options and two of them depended on data that we did not have yet, so I chose.
### The end
```
# no heading
```
It went well.
"""


def test_one_file_with_a_heading_a_story():
    rows = _markdown.stories(MARKDOWN)
    assert [row["title"] for row in rows] == ["The late partner", "The customer", "Nothing yet", "The launch"]
    assert rows[0]["story"] == 'He was late, and I said "you are late".\nmake it stop.'
    assert rows[0]["Signal"] == "candor"
    assert rows[0]["question"] == "Tell me about feedback."
    assert rows[0]["section"] == "Candor"
    assert rows[1]["story"] == "We lost one.\n\nI called them."
    assert rows[2]["story"] == ""
    assert rows[3]["story"].endswith("# no heading\n```\nIt went well.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("S: we were late", "we were late"),
        ("**Result** – it rose", "it rose"),
        ("- __Action__: I cut it", "I cut it"),
        ("[T] make it stop", "make it stop"),
        ("Situation (S): we were late", "we were late"),
        ("Result", ""),
        ("A week later I cut it", "A week later I cut it"),
        ("Result: rose", "rose"),
        ("Results were good, I said: go", "Results were good, I said: go"),
        ("As I said: no", "As I said: no"),
    ],
)
def test_marks_are_no_speech(line, said):
    assert _markdown._speech(line) == said


def test_speech_with_a_colon_is_no_property():
    text = "# One\nSo I said: this is the one thing that we cannot do.\nAnd we stopped there.\n"
    assert _markdown.page(text, "x")["story"].startswith("So I said")


@pytest.fixture
def export():
    """A Notion export as it comes: parts in a zip, ids in names, a table twice, pages below its folder."""
    files = {
        "Bank 0123456789abcdef0123456789abcdef.md": "# Bank\n\n[Stories](x.csv)\n",
        "Bank 0123456789abcdef0123456789abcdef/Stories fedcba9876543210fedcba9876543210.csv": "Name,Tags\nLaunch,a\n",
        "Bank 0123456789abcdef0123456789abcdef/Stories fedcba9876543210fedcba9876543210_all.csv": (
            '\ufeffName,Tags,Answer\nLaunch,a,\nHidden,b,I wrote it here.\n"No page",c,\n'
        ),
        "Bank 0123456789abcdef0123456789abcdef/Stories/Launch 0000456789abcdef0123456789abcdef.md": (
            "# Launch\n\nTags: a\n\nI launched it.\n"
        ),
        "Bank 0123456789abcdef0123456789abcdef/Alone 1111456789abcdef0123456789abcdef.md": "# Alone\n\nI did it.\n",
    }
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("Export-Part-1.zip", inner.getvalue())
    return outer.getvalue()


def test_a_notion_export(tmp_path, export):
    (tmp_path / "b.zip").write_bytes(export)
    frame = bank.read(tmp_path / "b.zip")
    assert [row or None for row in frame["Name"]] == ["Launch", "Hidden", "No page", None]
    assert list(frame["Tags"])[:3] == ["a", "b", "c"]
    text = _columns.recognise(frame).text
    assert list(frame[text]) == ["I launched it.", "I wrote it here.", "", "I did it."]


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch, export):
    monkeypatch.setattr("analyser.bank._notion.MOST_BYTES", 100)
    (tmp_path / "b.zip").write_bytes(export)
    with pytest.raises(InputError, match="unpacks to more than"):
        bank.read(tmp_path / "b.zip")


@pytest.mark.parametrize(
    "content",
    [f"title;story\none;{STORY}\n", f'\ufeff{{"title": "one", "story": "{STORY}"}}\n', f'[{{"story": "{STORY}"}}]'],
)
def test_a_pipe_is_read_by_what_it_begins_with(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode("utf-8"))))
    assert stories(bank.read("-")) == [STORY]


@pytest.mark.parametrize(
    ("content", "said"), [(b"PK\x03\x04", "name the file instead"), (b"", "input holds no stories")]
)
def test_what_cannot_come_through_a_pipe_is_said(monkeypatch, content, said):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(InputError, match=said):
        bank.read("-")


def test_a_list_of_objects_and_one_object_over_lines_are_banks(tmp_path):
    row = {"title": "A", "story": STORY}
    for name, written in (("many", json.dumps([row, row], indent=2)), ("one", json.dumps(row, indent=2)),
                          ("line", json.dumps(row))):  # fmt: skip
        file = tmp_path / f"{name}.json"
        file.write_text(written)
        assert list(bank.read(file)["story"]) == [STORY] * (2 if name == "many" else 1)
        assert bank.is_bank(file)


def test_an_object_that_breaks_off_is_told_line_by_line(tmp_path):
    (tmp_path / "b.json").write_text('{"story": "a",\n "title":')
    assert "this is not JSON" in bank.read(tmp_path / "b.json")["reading_error"][0]


@pytest.mark.parametrize("indent", [None, 2])
def test_what_whisper_writes_is_one_answer_and_no_bank(tmp_path, indent):
    heard = {"text": STORY, "segments": [{"start": 0, "end": 9, "text": STORY}], "language": "en"}
    (tmp_path / "a.json").write_text(json.dumps(heard, indent=indent))
    assert not bank.is_bank(tmp_path / "a.json")
    cpp = {"transcription": [{"offsets": {"from": 0, "to": 9000}, "text": STORY}]}
    (tmp_path / "cpp.json").write_text(json.dumps(cpp, indent=indent))
    assert not bank.is_bank(tmp_path / "cpp.json")
    (tmp_path / "bank.json").write_text(json.dumps({"story": STORY, "transcription": "by hand"}, indent=indent))
    assert bank.is_bank(tmp_path / "bank.json")
