"""Circular support: what looks like several voices for a claim and comes back to where it started."""

from __future__ import annotations

from msgspec import Struct

from riwaya.case.case import Case
from riwaya.case.queries import Slip
from riwaya.model import Alarm
from riwaya.web.desk import Desk
from riwaya.web.pages.page import slips


class Circle(Struct, frozen=True, kw_only=True):
    """An alarm, with its documents in the order in which the words travelled."""

    claim: str
    documents: list[Slip]
    why: str
    why_ar: str


def _alarms(case: Case) -> list[Alarm]:
    return list(case.across(Alarm))


def circles(desk: Desk) -> list[Circle]:
    alarms = desk.keep("alarms", _alarms)
    named = slips(desk, {doc for alarm in alarms for doc in alarm.documents})
    return [
        Circle(claim=a.claim, documents=[named[doc] for doc in a.documents], why=a.why, why_ar=a.why_ar) for a in alarms
    ]
