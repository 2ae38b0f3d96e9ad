"""The numbers of the rules, as the questionnaire gives them. Every default equals the questionnaire's value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.scoring import agreement, disclosure
from assessment.scoring.scale import LEVEL_CUTS
from assessment.scoring.uncertainty import RHO, SD_FLOOR


@dataclass(frozen=True)
class Parameters:
    """Rule 17.4: what the rules need to know about a questionnaire version.

    `dimensions` maps each dimension code to its statement codes, in the order of the questionnaire. Shares are
    fractions, scores and differences are points on the scale from 0 to 100.
    """

    version: str
    dimensions: Mapping[str, tuple[str, ...]]
    counting_groups: tuple[str, ...] = ("mayors", "other_local_members")
    other_group: str = "support_and_partners"
    min_answered: int = 3
    min_dimensions_total: int = 6
    cuts: tuple[int, ...] = LEVEL_CUTS
    dont_know_from: float = 0.30
    confidence: float = 0.95
    rho: float = RHO
    sd_floor: float = SD_FLOOR
    response_warning_below: float = 0.50
    agreement_labels: tuple[tuple[str, float], ...] = agreement.LABELS
    small_n: int = agreement.SMALL_N
    small_n_bound: float = agreement.SMALL_N_BOUND
    two_camps_share: float = 0.30
    min_delta: float = 5
    equivalence: float = 10
    alpha: float = 0.05
    max_membership_change: float = 0.25
    composition_warning_below: float = 0.60
    experienced_signal: float = 25
    role_difference: float = 10
    similar_within: float = 15
    performance_line: float = 60
    n_priorities: int = 3
    enabling: tuple[str, ...] = ("VER", "NET")
    enabling_below: float = 40
    dialogue_below: float = 0.60
    stable_from: float = 0.80
    straightline_answers: int = 24
    straightline_share: float = 0.10
    weighting_points: float = 3
    k_forum: int = disclosure.K_FORUM
    min_delegations: int = disclosure.MIN_DELEGATIONS
    k_group: int = disclosure.K_GROUP
    k_individual: int = disclosure.K_INDIVIDUAL
    k_distribution: int = disclosure.K_DISTRIBUTION
    k_distribution_five: int = disclosure.K_DISTRIBUTION_FIVE
    k_annex: int = disclosure.K_ANNEX

    def __post_init__(self) -> None:
        """Thresholds that would publish one delegation or one person are refused: ValueError."""
        if min(self.k_forum, self.min_delegations, self.k_group, self.k_individual) < 2:
            raise ValueError("a threshold below two would publish a single delegation or person")

    @classmethod
    def from_content(cls, content: Any) -> "Parameters":
        """Rule 17.4: reads the parameters of a loaded questionnaire; its attributes mirror the document one to one.

        Any object with those attributes will do, so that scoring needs nothing of the room that loads it.
        AttributeError when the document misses one.
        """
        return cls(
            version=content.instrument.version,
            dimensions={
                d.code: tuple(statement.code for statement in d.statements) for d in content.dimensions
            },
            **_groups(content.roles),
            **_scoring(content.scoring),
            **_comparison(content.scoring),
            **_privacy(content.privacy),
        )


def _groups(roles: Any) -> dict[str, Any]:
    counting = dict.fromkeys(role.report_group for role in roles if role.counts_in_forum_score)
    others = dict.fromkeys(role.report_group for role in roles if not role.counts_in_forum_score)
    if len(others) != 1 or others.keys() & counting.keys():
        raise ValueError("the roles that do not count in the forum score form one report group of their own")
    return {"counting_groups": tuple(counting), "other_group": next(iter(others))}


def _scoring(scoring: Any) -> dict[str, Any]:
    """One round: from answers to score, level, margin and agreement."""
    labels = scoring.agreement.labels
    return {
        "min_answered": scoring.min_answered_per_dimension,
        "min_dimensions_total": scoring.total_score.min_valid_dimensions_per_unit,
        "cuts": tuple(scoring.level_cuts),
        "dont_know_from": scoring.dont_know_flag_share,
        "confidence": scoring.uncertainty.confidence,
        "rho": scoring.uncertainty.damped_fpc_rho,
        "sd_floor": scoring.uncertainty.sd_floor,
        "response_warning_below": scoring.uncertainty.response_warning_below,
        "agreement_labels": tuple((label.code, label.min) for label in labels),
        "small_n": scoring.agreement.small_n_rule.max_n,
        "small_n_bound": scoring.agreement.small_n_rule.min_for_mostly_agreed,
        "two_camps_share": scoring.agreement.two_camps_flag.min_share_each,
        "role_difference": scoring.role_difference.min_points,
        "straightline_answers": scoring.straightline_flag.min_answered,
        "straightline_share": scoring.straightline_flag.report_above_share,
        "weighting_points": scoring.aggregation.weighting_check_points,
    }


def _comparison(scoring: Any) -> dict[str, Any]:
    """Change between rounds, priorities and the individual result."""
    change, priority = scoring.change, scoring.priority
    return {
        "min_delta": change.min_delta_points,
        "equivalence": change.equivalence_margin_points,
        "alpha": change.alpha,
        "max_membership_change": change.max_membership_change,
        "composition_warning_below": change.composition_warning_below_response,
        "experienced_signal": change.experienced_change_signal,
        "similar_within": scoring.individual_report.similar_within_points,
        "performance_line": priority.performance_line,
        "n_priorities": priority.n_priorities,
        "enabling": tuple(priority.enabling_dimensions),
        "enabling_below": priority.enabling_threshold,
        "dialogue_below": priority.dialogue_first_below_consensus,
        "stable_from": priority.stability.stable_from_share,
    }


def _privacy(privacy: Any) -> dict[str, Any]:
    return {
        "k_forum": privacy.k_forum,
        "min_delegations": privacy.min_municipalities_forum,
        "k_group": privacy.k_group,
        "k_individual": privacy.k_individual_comparison,
        "k_distribution": privacy.k_item_distribution,
        "k_distribution_five": privacy.k_item_distribution_five_categories,
        "k_annex": privacy.k_annex_indices,
    }
