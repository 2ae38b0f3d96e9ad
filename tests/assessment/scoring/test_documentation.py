"""docs/scoring.md says what the code does: its examples run, its rules and names are those of the code."""

import doctest
import re
from functools import cache
from pathlib import Path

import pytest

import assessment.scoring

PACKAGE = Path(assessment.scoring.__file__).parent
DOCUMENT = PACKAGE.parents[1] / "docs" / "scoring.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
BLOCKS = [
    (TEXT[: found.start(1)].count("\n"), found[1])
    for found in re.finditer(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    if ">>>" in found[1]
]


@pytest.mark.parametrize("line, block", BLOCKS, ids=[f"line {line}" for line, _ in BLOCKS])
def test_example_gives_what_it_says(line, block):
    assert failures(block, line, dict(shared())) == ""


@cache
def shared():
    """The names of the first example, which the others use."""
    names: dict[str, object] = {}
    line, block = BLOCKS[0]
    assert failures(block, line, names) == ""
    return names


def failures(block, line, names):
    example = doctest.DocTestParser().get_doctest(block, names, DOCUMENT.name, str(DOCUMENT), line)
    example.globs = names
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append, clear_globs=False)
    return "".join(report)


def test_every_family_with_a_formula_has_an_example():
    families = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    with_example = {int(family.split(".")[0]) for family in families if ">>>" in family}
    assert with_example == {*range(1, 18), 19, 22}


def test_every_rule_that_the_code_names_is_described():
    described = set(re.findall(r"^\*\*(\d+\.\d+)\*\*", TEXT, re.MULTILINE))
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    named = {
        number
        for words in re.findall(r"[Rr]ules? (\d+\.\d+(?:(?:, | and | to )\d+\.\d+)*)", code)
        for number in re.findall(r"\d+\.\d+", words)
    }
    assert named - described == set()
