"""booklake_nightly: what was delivered for the last session, from the landing zone to the lake.

Fetches what datasets have that is new, looks what there is to do, then takes batches of tickers through ingest, the derived tables and a verification by
sample. Without params it does the session that ended the weekday before, and nothing after a holiday.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from airflow.sdk import CronTriggerTimetable, Param, dag, task, task_group
from airflow.sdk.exceptions import AirflowSkipException
from booklake_commands import (
    ASSETS,
    DATES_PATTERN,
    DEFAULTS,
    DERIVED_TABLES,
    LANDING,
    NEW_YORK,
    SAMPLE_PATTERN,
    TICKERS_PATTERN,
    BooklakeOperator,
    fail_if_partly_failed,
)

class FetchOperator(BooklakeOperator):
    """Fetches datasets of the Hugging Face Hub into the landing zone; skipped where none is named."""

    def execute(self, context):
        self.words = ["fetch", *self.words[1].split()]
        if len(self.words) == 1:
            raise AirflowSkipException("the variable booklake_datasets names none")
        return super().execute(context)


class PlanOperator(BooklakeOperator):
    """Asks booklake what a night would do; returns the tickers of each batch, largest tickers first."""

    template_fields = (*BooklakeOperator.template_fields, "tickers_per_batch")

    def __init__(self, *, tickers_per_batch, **kwargs):
        super().__init__(**kwargs)
        self.tickers_per_batch = tickers_per_batch

    def execute(self, context):
        with TemporaryDirectory() as folder:
            plan = Path(folder, "plan.json")
            self.options["--report"] = str(plan)
            super().execute(context)
            items = [json.loads(line) for line in plan.read_text(encoding="utf-8").splitlines()]
        idle = ("unchanged", "to derive if changed", "to verify")
        weights = {}
        for item in items:
            if item["ticker"] is not None and item["state"] not in idle:
                weights[item["ticker"]] = weights.get(item["ticker"], 0) + (item["stored_bytes"] or 0)
        if not weights and any(item["state"] == "rejected" for item in items):
            # Nobody knows whose pairs an archive holds that cannot be opened: ingest notes it, and the night is not whole.
            self.log.info("an archive that names no ticker was rejected: 1 batch of all that is asked for")
            return [self.options.get("--tickers", "")]
        tickers = sorted(weights, key=lambda ticker: (-weights[ticker], ticker))
        size = int(self.tickers_per_batch)
        count = -(-len(tickers) // size)
        # Dealt out like cards: every batch gets large and small ones.
        batches = [",".join(tickers[first::count]) for first in range(count)]
        self.log.info("%d tickers in %d batches", len(tickers), count)
        return batches


@dag(
    # With a trigger the date of a run is the day it runs, also where Airflow is set to cron with data intervals.
    schedule=CronTriggerTimetable("30 6 * * 1-5", timezone=NEW_YORK),
    start_date=datetime(2026, 1, 5, tzinfo=ZoneInfo(NEW_YORK)),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["booklake"],
    doc_md=__doc__,
    params={
        "dates": Param("", type="string", pattern=DATES_PATTERN, description="a date or FIRST..LAST; empty for the session that is due"),
        "tickers": Param("", type="string", pattern=TICKERS_PATTERN, description="with commas; empty for all"),
        "tickers_per_batch": Param(1000, type="integer", minimum=1),
        "sample": Param("20", type="string", pattern=SAMPLE_PATTERN, description="ticker-days of a batch to verify, or a share"),
    },
)
def booklake_nightly():
    @task.short_circuit
    def session_due(dates: str, logical_date=None):
        """The dates of this run, or nothing: on the weekday after a holiday there is none."""
        import exchange_calendars  # brings pandas: too much for each parsing of this file

        if dates:
            return dates
        weekday = (logical_date or datetime.now(ZoneInfo(NEW_YORK))).astimezone(ZoneInfo(NEW_YORK)).date() - timedelta(days=1)
        while weekday.weekday() > 4:
            weekday -= timedelta(days=1)
        is_session = exchange_calendars.get_calendar("XNAS", start=weekday - timedelta(days=7)).is_session(weekday.isoformat())
        return weekday.isoformat() if is_session else None

    dates = session_due("{{ params.dates }}")
    selection = {"--dates": dates}

    fetch = FetchOperator(
        task_id="fetch",
        words=["fetch", "{{ var.value.get('booklake_datasets', '') }}"],
        options={**selection, "--landing": "{{ var.value.booklake_landing.split(',')[0] }}", "--tickers": "{{ params.tickers }}"},
    )

    plan = PlanOperator(
        task_id="plan",
        trigger_rule="none_failed_min_one_success",
        words=["nightly", "--dry-run", "--steps", "ingest,candles,volume-profile,depth-metrics"],
        options={**selection, "--landing": LANDING, "--tickers": "{{ params.tickers }}"},
        tickers_per_batch="{{ params.tickers_per_batch }}",
    )

    @task_group
    def ticker_days(tickers):
        options = {**selection, "--tickers": tickers}
        ingest = BooklakeOperator(task_id="ingest", words=["ingest"], options={**options, "--landing": LANDING})
        derived = [BooklakeOperator(task_id=table, words=[table.replace("_", "-")], options=options) for table in DERIVED_TABLES]
        # As a step of a night: a batch of which all was rejected is no mistake.
        verify = BooklakeOperator(
            task_id="verify", words=["nightly", "--steps", "verify"], options={**options, "--sample": "{{ params.sample }}"}
        )
        ingest >> derived >> verify

    fetch >> plan
    batches = ticker_days.expand(tickers=plan.output)

    @task(outlets=list(ASSETS.values()), trigger_rule="all_done_min_one_success", retries=0)
    def published():
        """Tells those who wait for the tables, once a night."""

    @task(trigger_rule="none_failed", retries=0)
    def whole(ti=None):
        """Fails if a file or a ticker-day was rejected or differs, after all the others are published."""
        steps = ("ingest", *DERIVED_TABLES, "verify")
        tasks = ("fetch", *(f"ticker_days.{step}" for step in steps))
        fail_if_partly_failed(*(ti.xcom_pull(task_ids=task) or [] for task in tasks))

    batches >> [published(), whole()]


booklake_nightly()
