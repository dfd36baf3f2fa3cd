"""booklake_backfill: months of ticker-days that lie in the landing zone, some days at a time.

Each batch is one `booklake nightly` over its dates. What is published already is passed over, so a backfill that broke
off is simply started again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from airflow.sdk import Param, dag, task, task_group
from booklake_commands import (
    ASSETS,
    DEFAULTS,
    LANDING,
    TICKERS_PATTERN,
    BooklakeOperator,
    fail_if_partly_failed,
)


@dag(
    schedule=None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["booklake"],
    doc_md=__doc__,
    params={
        "first": Param("2012-06-21", type="string", format="date"),
        "last": Param("2012-06-21", type="string", format="date"),
        "days_per_batch": Param(5, type="integer", minimum=1, maximum=366),
        "tickers": Param("", type="string", pattern=TICKERS_PATTERN, description="with commas; empty for all"),
    },
)
def booklake_backfill():
    @task
    def batches(params=None):
        """The dates of each batch, FIRST..LAST, the oldest first."""
        first, last = date.fromisoformat(params["first"]), date.fromisoformat(params["last"])
        if last < first:
            raise ValueError(f"the last date {last} is before the first, {first}")
        step = timedelta(days=params["days_per_batch"])
        starts = [first + each * step for each in range((last - first) // step + 1)]
        return [f"{start}..{min(last, start + step - timedelta(days=1))}" for start in starts]

    @task_group
    def days(dates):
        BooklakeOperator(
            task_id="nightly",
            words=["nightly"],
            options={"--landing": LANDING, "--dates": dates, "--tickers": "{{ params.tickers }}"},
            # One after the other: a batch fills the cluster.
            max_active_tis_per_dagrun=1,
        )

    nightly = days.expand(dates=batches())

    @task(outlets=list(ASSETS.values()), trigger_rule="all_done_min_one_success", retries=0)
    def published():
        """Tells those who wait for the tables."""

    @task(trigger_rule="none_failed", retries=0)
    def whole(ti=None):
        """Fails if a ticker-day was rejected or differs, after all the others are published."""
        fail_if_partly_failed(ti.xcom_pull(task_ids="days.nightly") or [])

    nightly >> [published(), whole()]


booklake_backfill()
