"""What the DAGs of booklake share: its commands as Airflow tasks.

Variables (Admin, Variables), read when a task runs and never when a DAG is parsed:

    booklake_jar       path or URI of booklake-jobs-<version>.jar
    booklake_landing   where pairs are, one or several URIs with commas
    booklake_datasets  datasets to fetch into the first of them, with spaces; optional
    booklake_lake      root of the lake
    booklake_packages  Maven coordinates of what the cluster lacks, Delta first of all
    booklake_jars      the same as files, with commas; instead of packages where there is no Maven repository
    booklake_conf      a file of settings over booklake's own; optional

The connection ``booklake_spark`` says which master, which spark-submit and which queue.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowException, AirflowFailException

NEW_YORK = "America/New_York"

LANDING = "{{ var.value.booklake_landing }}"
LAKE = "{{ var.value.booklake_lake }}"

DONE = "done"
PARTLY_FAILED = "partly failed"

PER_EVENT_TABLES = ("messages", "depth", "trades", "mbo", "book_snapshots", "orders")
DERIVED_TABLES = ("candles", "volume_profile", "depth_metrics")

# Consumers schedule on these: schedule=[Asset("booklake_candles")].
ASSETS = {table: Asset(f"booklake_{table}") for table in (*PER_EVENT_TABLES, *DERIVED_TABLES)}

# Python's $ lets a line feed follow, which would reach the command; \Z would not be understood by the form in the browser.
_END = r"$(?!\n)"
_TICKER = r"[A-Z0-9][A-Z0-9.+=^#$\-]{0,15}"
DATES_PATTERN = r"^(\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?)?" + _END
TICKERS_PATTERN = rf"^({_TICKER}(,{_TICKER})*)?" + _END
SAMPLE_PATTERN = r"^[0-9.]+" + _END


def tell(context):
    """Where nobody is called otherwise, the log says what failed; put a notifier of your own beside it."""
    instance = context["ti"]
    logging.getLogger(__name__).error("%s of %s failed: %s", instance.task_id, instance.dag_id, context.get("exception"))


DEFAULTS = {
    "owner": "booklake",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=30),
    "execution_timeout": timedelta(hours=6),
    "on_failure_callback": tell,
}


class BooklakeOperator(SparkSubmitOperator):
    """A command of booklake by spark-submit, in client mode: in cluster mode spark-submit hides the exit code.

    Returns DONE, or PARTLY_FAILED where the command ended with 4: it has published what was good, so nothing is to be
    done again, and whoever comes last says that the night was not whole. Exit codes 2 and 3 are of a wrong command line,
    setting or input: no retry can help.

    :param words: the command and its switches; empty ones are left out (templated)
    :param options: options with their values; those without a value are left out (templated)
    """

    template_fields = (*SparkSubmitOperator.template_fields, "words", "options")

    def __init__(self, *, words, options, **kwargs):
        kwargs.setdefault("conn_id", "booklake_spark")
        super().__init__(
            application="{{ var.value.booklake_jar }}",
            java_class="io.booklake.cli.Main",
            packages="{{ var.value.get('booklake_packages', '') }}",
            jars="{{ var.value.get('booklake_jars', '') }}",
            name="booklake {{ task.task_id }} {{ run_id }}",
            deploy_mode="client",
            **kwargs,
        )
        self.words = words
        self.options = {"--conf": "{{ var.value.get('booklake_conf', '') }}", "--lake": LAKE, **options}

    def execute(self, context):
        given = [word for name, value in self.options.items() if value for word in (name, str(value))]
        self.application_args = [*filter(None, self.words), *given]
        try:
            super().execute(context)
        except AirflowException as failure:
            code = re.search(r"Error code is: (\d+)", str(failure))
            if code is None:
                raise
            if code[1] == "4":
                self.log.warning("%s was done in part: the log above and the table quarantine say what is missing", self.words[0])
                return PARTLY_FAILED
            if code[1] in ("2", "3"):
                raise AirflowFailException(str(failure)) from failure
            raise
        return DONE


def fail_if_partly_failed(*outcomes):
    """For the last task of a run: it fails, once and for all, if anything was done in part."""
    flat = [each for outcome in outcomes for each in (outcome if isinstance(outcome, (list, tuple)) else [outcome])]
    missing = sum(each == PARTLY_FAILED for each in flat)
    if missing:
        raise AirflowFailException(
            f"{missing} of {len(flat)} tasks were done in part: everything else is published; 'booklake show quarantine' tells"
            " what is missing, and the run after the repair takes in only that"
        )
