"""The public names of scoring are a promise: which there are, what they take, and which rule each one carries."""

import ast
import dataclasses
import importlib
import inspect
import re

import pytest

from assessment.scoring import result
from tests.assessment.scoring.test_documentation import BLOCKS, PACKAGE, TEXT

LABELS = (("agreed", 0.8), ("mostly_agreed", 0.6), ("divided", 0.45), ("strongly_divided", 0.0))

# Every public function with its parameters; those with a default as (name, default).
PROMISED = {
    "scale.to100": ["value", ("low", 1), ("high", 5)],
    "scale.to_signed100": ["value", ("low", 1), ("high", 5)],
    "scale.half_up": ["value"],
    "scale.level": ["score", ("cuts", (20, 40, 60, 80))],
    "scale.level_range": ["lower", "upper", ("cuts", (20, 40, 60, 80))],
    "scale.target_gap": ["score", "upper", "target", ("cuts", (20, 40, 60, 80))],
    "dimensions.response_scores": ["answers", ("min_answered", 3)],
    "dimensions.delegation_means": ["values", "key"],
    "dimensions.forum_means": ["values", "key"],
    "dimensions.delegation_shares": ["values", "delegations", ("categories", 5)],
    "dimensions.delegation_totals": ["scores", ("min_dimensions", 6)],
    "agreement.consensus": ["weights"],
    "agreement.consensus_label": [
        "value", "n", ("labels", LABELS), ("small_n", 7), ("small_n_bound", 0.65)
    ],
    "agreement.two_camps": ["shares", "n", ("min_share", 0.3), ("min_n", 10)],
    "agreement.rwg": ["values", ("null_variance", 2.0), ("truncate", False)],
    "agreement.awg": ["values", ("low", 1), ("high", 5)],
    "agreement.average_deviation": ["values"],
    "agreement.uniform_variance": [("categories", 5)],
    "uncertainty.standard_error": ["sd", "n", ("population", None), ("rho", 0.6), ("sd_floor", 3.608439)],
    "uncertainty.estimate": [
        "values", ("population", None), ("rho", 0.6), ("sd_floor", 3.608439), ("confidence", 0.95),
        ("bounds", (0, 100)), ("mean", None),
    ],
    "change.difference": ["mean1", "se1", "n1", "mean2", "se2", "n2", ("confidence", 0.95)],
    "change.holm": ["p_values"],
    "change.verdict": ["diff", "p_adjusted", ("min_delta", 5), ("equivalence", 10), ("alpha", 0.05)],
    "change.experienced_signal": ["code", "experienced", ("threshold", 25)],
    "change.compare_rounds": ["first", "second", "parameters"],
    "priorities.priority_index": ["importance", "score"],
    "priorities.importance_line": ["importance"],
    "priorities.quadrant": ["score", "importance", "line", ("performance_line", 60)],
    "priorities.choose_priorities": [
        "scores", "importance", "dont_know", ("n", 3), ("enabling", ("VER", "NET")), ("enabling_below", 40),
        ("dont_know_from", 0.3),
    ],
    "priorities.priority_stability": ["chosen", "runs", ("stable_from", 0.8)],
    "disclosure.publishable": ["n_responses", "n_delegations", ("k", 5), ("min_delegations", 3)],
    "disclosure.publishable_groups": ["counts", ("k", 5)],
    "disclosure.reason_to_withhold": ["n_responses", "n_delegations", ("k", 5), ("min_delegations", 3)],
    "disclosure.whole_breakdown": ["counts", ("k", 5)],
    "disclosure.has_enough": ["n", "k"],
    "disclosure.may_compare": ["forum", "code", ("k", 6)],
    "disclosure.may_show_indices": ["forum", "code"],
    "disclosure.shown_statement": ["item", "dimension", ("k", 10)],
    "disclosure.published_shares": ["shares", "n", ("k3", 10), ("k5", 15)],
    "reliability.pooled_covariance": ["matrix", "clusters"],
    "reliability.cronbach_alpha": ["covariance"],
    "reliability.feldt_interval": ["alpha", "df", "n_items", ("confidence", 0.95)],
    "reliability.alpha_if_dropped": ["covariance"],
    "reliability.item_rest_correlations": ["covariance"],
    "reliability.omega_total": ["covariance"],
    "reliability.dimension_reliability": ["matrix", "clusters", ("min_complete", 50)],
    "benchmark.score_table": ["results", "dimensions"],
    "benchmark.benchmark": ["scores", ("min_forums", 5)],
    "benchmark.may_refresh": ["published", "available", ("min_new", 3)],
    "individual.individual_result": ["answers", "forum", "parameters"],
    "result.Parameters.from_content": ["content"],
    "result.check_answers": ["answers", "parameters"],
    "result.forum_result": ["answers", "members", "parameters"],
    "result.canonical": ["result"],
    "result.fingerprint": ["result"],
}  # fmt: skip

FIELDS = [
    "version", "dimensions", "counting_groups", "other_group", "min_answered", "min_dimensions_total", "cuts",
    "dont_know_from", "confidence", "rho", "sd_floor", "response_warning_below", "agreement_labels", "small_n",
    "small_n_bound", "two_camps_share", "min_delta", "equivalence", "alpha", "max_membership_change",
    "composition_warning_below", "experienced_signal", "role_difference", "similar_within", "performance_line",
    "n_priorities", "enabling", "enabling_below", "dialogue_below", "stable_from", "straightline_answers",
    "straightline_share", "weighting_points", "k_forum", "min_delegations", "k_group", "k_individual",
    "k_distribution", "k_distribution_five", "k_annex",
]  # fmt: skip

# The sentences of each rule, without its tables and examples.
PROSE = re.sub(r"^```.*?^```$|^\|.*?$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
RULES = dict(re.findall(r"^\*\*(\d+\.\d+)\*\* (.*?)(?=^\*\*\d|^## |\Z)", PROSE, re.MULTILINE | re.DOTALL))


def function(name):
    module, _, path = name.partition(".")
    found = importlib.import_module(f"assessment.scoring.{module}")
    for part in path.split("."):
        found = getattr(found, part)
    return found


def rules_of(name):
    """The numbers that a docstring carries; "Rules 10.1 to 10.6" stands for all of them."""
    found = set()
    for words in re.findall(
        r"[Rr]ules? (\d+\.\d+(?:(?:, | and | to )\d+\.\d+)*)", function(name).__doc__ or ""
    ):
        found.update(re.findall(r"\d+\.\d+", words))
        for family, first, last in re.findall(r"(\d+)\.(\d+) to \d+\.(\d+)", words):
            found.update(f"{family}.{number}" for number in range(int(first), int(last) + 1))
    return found


def parameters_of(name):
    signature = inspect.signature(function(name))
    return [
        each.name if each.default is inspect.Parameter.empty else (each.name, each.default)
        for each in signature.parameters.values()
    ]


@pytest.mark.parametrize("name", PROMISED)
def test_function_takes_what_is_promised(name):
    assert parameters_of(name) == PROMISED[name]


@pytest.mark.parametrize("name", PROMISED)
def test_docstring_carries_a_rule_that_is_written_down(name):
    assert rules_of(name) != set()
    assert rules_of(name) - set(RULES) == set()


def test_every_public_function_is_in_the_document():
    rows = re.findall(r"^\| `(\w+)` \| ((?:`\w+` ?)+)\|$", TEXT, re.MULTILINE)
    named = {f"{module}.{name}" for module, names in rows for name in re.findall(r"\w+", names)}

    assert named == set(PROMISED) - {"result.Parameters.from_content"} | {"result.Parameters"}


@pytest.mark.parametrize("rule", RULES)
def test_function_that_a_rule_names_carries_it(rule):
    """A rule names a function in backticks; the function says the rule in its docstring."""
    words = set(re.findall(r"`(\w+)`", RULES[rule]))
    named = [name for name in PROMISED if name.rpartition(".")[2] in words]

    assert [name for name in named if rule not in rules_of(name)] == []


def test_every_public_function_is_named_by_a_rule_or_used_in_an_example():
    words = {word for text in RULES.values() for word in re.findall(r"`(?:Parameters\.)?(\w+)[`(]", text)}
    used = set(re.findall(r"(\w+)\(", "".join(block for _, block in BLOCKS)))

    assert [name for name in PROMISED if name.rpartition(".")[2] not in words | used] == []


def test_document_writes_the_arguments_as_they_are():
    rows = dict(re.findall(r"^\| `([\w.]+)\((.*)\)` \|$", TEXT, re.MULTILINE))

    assert rows == {name: written(parameters) for name, parameters in PROMISED.items()}


def written(parameters):
    """As the document has it; the labels stand in rule 7.3."""
    return ", ".join(
        each if isinstance(each, str) else f"{each[0]}={'…' if each[1] is LABELS else repr(each[1])}"
        for each in parameters
    )


def test_parameters_have_the_promised_fields():
    assert dataclasses.is_dataclass(result.Parameters)
    assert [field.name for field in dataclasses.fields(result.Parameters)] == FIELDS


def test_every_function_without_underscore_carries_a_rule():
    """The helpers of the package too: whoever reads one can find why it is there."""
    bare = [
        f"{path.stem}.{node.name}"
        for path in sorted(PACKAGE.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not re.search(r"[Rr]ules? \d+\.\d+", ast.get_docstring(node) or "")
    ]

    assert bare == []
