"""The records of a forum's year, from who is asked to what was found."""

from assessment.models.actions import Action, ActionMove, Block, Breakthrough
from assessment.models.batches import Batch, BatchReport
from assessment.models.calendars import CalendarLink
from assessment.models.choices import Priority, Target
from assessment.models.forums import Forum, Member, Seat
from assessment.models.regions import Merger, Municipality, Region
from assessment.models.reminders import Reminder, ReminderFault
from assessment.models.responses import Answer, OpenAnswer, Response
from assessment.models.rounds import Draft, DraftAnswer, Invitation, Round
from assessment.models.sessions import Commitment, Session
from assessment.models.sharing import IssuedFile, Quote, SharedReport, Theme
from assessment.models.snapshots import Benchmark, ReferenceValue, Snapshot
from assessment.models.tracks import GroupLevel, Track
from assessment.models.users import BrowserSession, User

__all__ = [
    "Action",
    "ActionMove",
    "Answer",
    "Batch",
    "BatchReport",
    "Benchmark",
    "Block",
    "Breakthrough",
    "BrowserSession",
    "CalendarLink",
    "Commitment",
    "Draft",
    "DraftAnswer",
    "Forum",
    "GroupLevel",
    "Invitation",
    "IssuedFile",
    "Member",
    "Merger",
    "Municipality",
    "OpenAnswer",
    "Priority",
    "Quote",
    "ReferenceValue",
    "Region",
    "Reminder",
    "ReminderFault",
    "Response",
    "Round",
    "Seat",
    "Session",
    "SharedReport",
    "Snapshot",
    "Target",
    "Theme",
    "Track",
    "User",
]
