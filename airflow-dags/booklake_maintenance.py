"""booklake_maintenance: reads a larger sample of the lake back, puts small data files together, and removes those that
nobody can need any more.

Vacuum only tells what it would remove until the param `remove` is set, and whenever `verify` found a difference.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from airflow.sdk import Param, dag, task
from booklake_commands import DEFAULTS, DONE, NEW_YORK, SAMPLE_PATTERN, BooklakeOperator, fail_if_partly_failed


@dag(
    schedule="0 12 * * 6",
    start_date=datetime(2026, 1, 3, tzinfo=ZoneInfo(NEW_YORK)),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["booklake"],
    doc_md=__doc__,
    params={
        "sample": Param("200", type="string", pattern=SAMPLE_PATTERN, description="ticker-days to verify, or a share of them"),
        "remove": Param(False, type="boolean", description="remove what vacuum finds, if verify found no difference"),
    },
)
def booklake_maintenance():
    verify = BooklakeOperator(task_id="verify", words=["verify"], options={"--sample": "{{ params.sample }}"})
    optimize = BooklakeOperator(task_id="optimize", words=["optimize"], options={})
    # Where the lake differs from its sources, older files may help to tell why, or to repair it.
    delete = "{{ '--delete' if params.remove and ti.xcom_pull(task_ids='verify') == '" + DONE + "' else '' }}"
    vacuum = BooklakeOperator(task_id="vacuum", words=["vacuum", delete], options={})

    @task(trigger_rule="none_failed", retries=0)
    def whole(ti=None):
        """Fails if what was read back differs."""
        fail_if_partly_failed(ti.xcom_pull(task_ids="verify"))

    verify >> optimize >> vacuum >> whole()


booklake_maintenance()
