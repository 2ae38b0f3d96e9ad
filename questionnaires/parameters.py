"""The parameters of a questionnaire: what scoring, disclosure control and reports are told by it.

Where the software knows one way only (`unit_of_analysis`, `privacy.closing_is_final` ...) the type allows that
one value, so that a document can never promise something that does not happen.
"""

from typing import Annotated, Literal

from pydantic import Field

from questionnaires.wording import Count, Node, Text

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[int, Field(ge=0, le=100)]

AgreementCode = Literal["agreed", "mostly_agreed", "divided", "strongly_divided"]
Verdict = Literal[
    "progress",
    "indication_of_progress",
    "stable",
    "within_margin",
    "indication_of_decline",
    "decline",
    "not_comparable",
]


class Transform(Node):
    """From the answer scale to the score scale: 1..5 becomes 0..100."""

    from_min: Literal[1]
    from_max: Literal[5]
    to_min: Literal[0]
    to_max: Literal[100]


class Aggregation(Node):
    primary: Literal["mean_per_municipality"]
    weighting_check_points: Points


class TotalScore(Node):
    method: Literal["unweighted_mean_of_dimensions"]
    min_valid_dimensions_per_unit: Count


class StraightlineFlag(Node):
    min_answered: Count
    rule: Literal["all_statement_answers_equal"]
    report_above_share: Share
    action: Literal["tell_never_delete"]


class AgreementLabel(Text):
    """A word for the consensus from `min` on."""

    min: Share
    code: AgreementCode


class SimilarityLabel(Text):
    """The same code in the words for a dimension about the own municipality."""

    code: AgreementCode


class TwoCampsFlag(Node):
    low_values: tuple[Count, ...]
    high_values: tuple[Count, ...]
    min_share_each: Share
    min_n: Count


class SmallNRule(Node):
    max_n: Count
    min_for_mostly_agreed: Share


class Agreement(Node):
    primary: Literal["tastle_wierman"]
    annex: tuple[Literal["rwg", "awg", "average_deviation"], ...]
    dimension_method: Literal["mean_over_statements"]
    labels: tuple[AgreementLabel, ...]
    labels_similarity: tuple[SimilarityLabel, ...]
    two_camps_flag: TwoCampsFlag
    small_n_rule: SmallNRule


class Uncertainty(Node):
    confidence: Share
    interval: Literal["t"]
    damped_fpc_rho: Share
    sd_floor: Annotated[float, Field(ge=0, le=100)]
    clip: tuple[Literal[0], Literal[100]]
    response_warning_below: Share


class VerdictLabel(Text):
    code: Verdict


class ChangeReason(Text):
    code: Literal["not_published", "other_version", "membership_changed"]


class ChangeSignal(Text):
    code: Literal["experienced_not_measured", "decline_experienced_not_measured"]


class Change(Node):
    """Comparing two rounds."""

    method: Literal["difference_of_published_scores"]
    min_delta_points: Points
    equivalence_margin_points: Points
    alpha: Share
    multiplicity: Literal["holm_over_dimensions"]
    max_membership_change: Share
    composition_warning_below_response: Share
    experienced_change_signal: Points
    verdicts: tuple[VerdictLabel, ...]
    reasons: tuple[ChangeReason, ...]
    signals: tuple[ChangeSignal, ...]


class RoleVerdict(Text):
    code: Literal["difference", "no_clear_difference"]


class RoleDifference(Node):
    min_points: Points
    confidence: Share
    verdicts: tuple[RoleVerdict, ...]


class Position(Text):
    code: Literal["lower", "similar", "higher"]


class IndividualReport(Node):
    similar_within_points: Points
    positions: tuple[Position, ...]


class Stability(Node):
    method: Literal["leave_one_municipality_out"]
    stable_from_share: Share


class Quadrant(Text):
    code: Literal["priority", "later", "keep", "watch"]


class PriorityRule(Node):
    """How the priorities of a forum are found; `enabling_dimensions` are dimension codes."""

    index: Literal["importance * (100 - score) / 100"]
    performance_line: Points
    importance_line: Literal["forum_mean_over_dimensions"]
    n_priorities: Count
    enabling_dimensions: tuple[str, ...]
    enabling_threshold: Points
    dialogue_first_below_consensus: Share
    stability: Stability
    quadrants: tuple[Quadrant, ...]


class Reliability(Node):
    show_per_forum: Literal[False]
    pooled_min_complete: Count
    coefficients: tuple[Literal["alpha", "omega_total"], ...]
    covariance: Literal["pooled_within_forum_round"]


class BenchmarkRule(Node):
    refresh_from_new_forums: Count


class Scoring(Node):
    """Scores are 0 to 100, shares 0 to 1, `level_cuts` the displayed scores where levels 2 to 5 begin."""

    transform: Transform
    items_per_dimension: Count
    min_answered_per_dimension: Count
    unit_of_analysis: Literal["municipality"]
    aggregation: Aggregation
    total_score: TotalScore
    display_rounding: Literal["half_up_whole_number"]
    level_cuts: tuple[Points, Points, Points, Points]
    level_from: Literal["displayed_score"]
    boundary_flag: Literal["interval_touches_two_levels"]
    dont_know_flag_share: Share
    straightline_flag: StraightlineFlag
    agreement: Agreement
    uncertainty: Uncertainty
    change: Change
    role_difference: RoleDifference
    individual_report: IndividualReport
    priority: PriorityRule
    reliability: Reliability
    benchmark: BenchmarkRule


NeverPublished = Literal[
    "result_per_municipality",
    "result_per_person_to_others",
    "role_crossed_with_anything",
    "names_beside_results",
]


class Privacy(Node):
    """From how many answers on something may be shown; the rest are promises that the software keeps."""

    k_forum: Count
    min_municipalities_forum: Count
    k_group: Count
    k_complement: Count
    k_individual_comparison: Count
    k_item_distribution: Count
    k_item_distribution_five_categories: Count
    k_annex_indices: Count
    k_open_answers_coach: Count
    k_benchmark_forums: Count
    draft_on_invitation_until_closing: Literal[True]
    results_only_after_closing: Literal[True]
    closing_is_final: Literal[True]
    snapshot_is_frozen: Literal[True]
    responses_linked_across_rounds: Literal[False]
    open_answers_in_forum_report: Literal["themes_by_coach_and_quotes_with_consent"]
    never_publish: tuple[NeverPublished, ...]
