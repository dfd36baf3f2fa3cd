"""booklake_maintenance: reads a larger sample of the lake back, puts small data files together, and removes those that
nobody can need any more.

Vacuum only tells what it would remove until the param `remove` is set.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from airflow.sdk import Param, dag, task
from booklake_commands import DEFAULTS, NEW_YORK, BooklakeOperator, fail_if_partly_failed


@dag(
    schedule="0 12 * * 6",
    start_date=datetime(2026, 1, 3, tzinfo=ZoneInfo(NEW_YORK)),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["booklake"],
    doc_md=__doc__,
    params={
        "sample": Param("200", type="string", pattern=r"^[0-9.]+$", description="ticker-days to verify, or a share of them"),
        "remove": Param(False, type="boolean", description="remove what vacuum finds"),
    },
)
def booklake_maintenance():
    verify = BooklakeOperator(task_id="verify", words=["verify"], options={"--sample": "{{ params.sample }}"})
    optimize = BooklakeOperator(task_id="optimize", words=["optimize"], options={})
    vacuum = BooklakeOperator(task_id="vacuum", words=["vacuum", "{{ '--delete' if params.remove else '' }}"], options={})

    @task(trigger_rule="none_failed", retries=0)
    def whole(ti=None):
        """Fails if what was read back differs."""
        fail_if_partly_failed(ti.xcom_pull(task_ids="verify"))

    verify >> optimize >> vacuum >> whole()


booklake_maintenance()
