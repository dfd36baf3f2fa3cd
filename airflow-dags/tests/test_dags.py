"""The DAGs as Airflow sees them, and their tasks with a spark-submit that only ends."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

DAGS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(DAGS))

import jinja2  # noqa: E402
from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.sdk import CronTriggerTimetable  # noqa: E402
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException  # noqa: E402
from booklake_commands import (  # noqa: E402
    ASSETS,
    DATES_PATTERN,
    DONE,
    PARTLY_FAILED,
    SAMPLE_PATTERN,
    TICKERS_PATTERN,
    BooklakeOperator,
    fail_if_partly_failed,
)
from booklake_nightly import FetchOperator, PlanOperator  # noqa: E402


class Dags(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bag = DagBag(dag_folder=str(DAGS))
        cls.nightly = cls.bag.dags["booklake_nightly"]

    def test_all_are_there_and_import_without_errors(self):
        self.assertEqual({}, self.bag.import_errors)
        self.assertEqual({"booklake_nightly", "booklake_backfill", "booklake_maintenance"}, set(self.bag.dags))

    def test_parsing_brings_nothing_heavy_and_asks_for_no_variable(self):
        code = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "from airflow.sdk import Variable\n"
            "def refuse(*_, **__): raise AssertionError('a variable was read')\n"
            "Variable.get = refuse\n"
            "import booklake_nightly, booklake_backfill, booklake_maintenance\n"
            "print(sorted({'pandas', 'numpy', 'pyspark', 'exchange_calendars'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code, str(DAGS)], capture_output=True, text=True, check=False)
        self.assertEqual("[]", done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr)

    def test_a_batch_goes_from_ingest_through_the_derived_tables_to_verify(self):
        group = "ticker_days."
        derived = {group + "candles", group + "volume_profile", group + "depth_metrics"}
        self.assertEqual(derived, self.nightly.get_task(group + "ingest").downstream_task_ids)
        for task in derived:
            self.assertEqual({group + "verify"}, self.nightly.get_task(task).downstream_task_ids)
        self.assertEqual({"published", "whole"}, self.nightly.get_task(group + "verify").downstream_task_ids)
        self.assertEqual({group + "ingest"}, self.nightly.get_task("plan").downstream_task_ids - derived - {group + "verify"})
        self.assertEqual({"plan"}, self.nightly.get_task("fetch").downstream_task_ids)

    def test_maintenance_puts_files_together_before_it_removes_those_from_before(self):
        maintenance = self.bag.dags["booklake_maintenance"]
        self.assertEqual({"optimize"}, maintenance.get_task("verify").downstream_task_ids)
        self.assertEqual({"vacuum"}, maintenance.get_task("optimize").downstream_task_ids)
        self.assertEqual({"whole"}, maintenance.get_task("vacuum").downstream_task_ids)

    def test_vacuum_removes_only_if_asked_to_and_verify_found_no_difference(self):
        word = jinja2.Template(self.bag.dags["booklake_maintenance"].get_task("vacuum").words[1])
        verified = lambda outcome: mock.Mock(xcom_pull=lambda task_ids: {"verify": outcome}[task_ids])  # noqa: E731
        self.assertEqual("--delete", word.render(params={"remove": True}, ti=verified(DONE)))
        self.assertEqual("", word.render(params={"remove": True}, ti=verified(PARTLY_FAILED)))
        self.assertEqual("", word.render(params={"remove": False}, ti=verified(DONE)))

    def test_a_night_is_whole_only_if_all_that_it_did_is(self):
        whole = self.nightly.get_task("whole").python_callable
        steps = ("ingest", "candles", "volume_profile", "depth_metrics", "verify")
        done = {"fetch": DONE, **{f"ticker_days.{step}": [DONE] for step in steps}}
        pulled = lambda outcomes: mock.Mock(xcom_pull=lambda task_ids: outcomes.get(task_ids))  # noqa: E731
        whole(ti=pulled(done))
        whole(ti=pulled({}))
        for task in done:
            partly = PARTLY_FAILED if task == "fetch" else [PARTLY_FAILED]
            with self.assertRaisesRegex(AirflowFailException, "1 of 6 tasks", msg=task):
                whole(ti=pulled({**done, task: partly}))

    def test_params_are_what_booklake_takes_and_nothing_else(self):
        good = {
            TICKERS_PATTERN: ["", "GOOG", "AAPL,BRK+A,BF.B", "A=,B^,C#,D$,E-", "3M"],
            DATES_PATTERN: ["", "2012-06-21", "2012-06-01..2012-06-30"],
            SAMPLE_PATTERN: ["20", "0.1"],
        }
        bad = {
            TICKERS_PATTERN: ["goog", ",", "AAPL,", "AAPL GOOG", ".A", "A" * 17, "GOOG\n", "\n"],
            DATES_PATTERN: ["2012-06-21\n", "\n", "..", "2012-06-21..", "2012-6-21"],
            SAMPLE_PATTERN: ["", "20\n", "all"],
        }
        for pattern, texts in good.items():
            for text in texts:
                self.assertIsNotNone(re.search(pattern, text), text)
        for pattern, texts in bad.items():
            for text in texts:
                self.assertIsNone(re.search(pattern, text), text)

    def test_commands_are_tried_again_and_end_some_day_and_the_last_tasks_are_not_repeated(self):
        for dag in self.bag.dags.values():
            self.assertEqual(1, dag.max_active_runs)
            for task in dag.tasks:
                if isinstance(task, BooklakeOperator) or task.task_type.endswith("Operator") and task.task_id.startswith("ticker_days"):
                    self.assertEqual(2, task.retries, task.task_id)
                    self.assertIsNotNone(task.execution_timeout, task.task_id)
        for dag in ("booklake_nightly", "booklake_backfill", "booklake_maintenance"):
            self.assertEqual(0, self.bag.dags[dag].get_task("whole").retries)

    def test_every_table_is_an_asset_of_the_night(self):
        published = self.nightly.get_task("published")
        self.assertEqual({asset.name for asset in ASSETS.values()}, {outlet.name for outlet in published.outlets})

    def test_the_night_runs_on_weekdays_in_the_time_of_the_exchange(self):
        self.assertEqual("30 6 * * 1-5", self.nightly.schedule.expression)
        self.assertEqual("America/New_York", str(self.nightly.schedule.timezone))

    def test_the_date_of_a_run_is_the_day_it_runs_also_where_cron_has_data_intervals(self):
        for setting in ("True", "False"):
            with mock.patch.dict(os.environ, {"AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS": setting}):
                timetable = DagBag(dag_folder=str(DAGS)).dags["booklake_nightly"].timetable
            self.assertIsInstance(timetable, CronTriggerTimetable, setting)

    def test_the_session_before_is_due_and_none_after_a_holiday(self):
        due = self.nightly.get_task("session_due").python_callable
        at = lambda *day: datetime(*day, 6, 30, tzinfo=ZoneInfo("America/New_York"))  # noqa: E731
        self.assertEqual("2024-07-02", due("", logical_date=at(2024, 7, 3)))
        self.assertEqual("2024-07-03", due("", logical_date=at(2024, 7, 4)), "an early close is a session")
        self.assertIsNone(due("", logical_date=at(2024, 7, 5)), "Independence Day")
        self.assertEqual("2024-07-05", due("", logical_date=at(2024, 7, 8)), "on Monday Friday's")
        self.assertEqual("2012-06-21", due("2012-06-21", logical_date=at(2024, 7, 5)), "as asked for")

    def test_a_backfill_goes_through_its_dates_in_batches(self):
        batches = self.bag.dags["booklake_backfill"].get_task("batches").python_callable
        self.assertEqual(
            ["2024-01-01..2024-01-03", "2024-01-04..2024-01-06", "2024-01-07..2024-01-07"],
            batches({"first": "2024-01-01", "last": "2024-01-07", "days_per_batch": 3}),
        )
        with self.assertRaisesRegex(ValueError, "2024-01-01 is before the first, 2024-01-02"):
            batches({"first": "2024-01-02", "last": "2024-01-01", "days_per_batch": 3})


class ExitCodes(unittest.TestCase):
    """spark-submit is a script here that writes down its words and ends with a code."""

    def run_with(self, code, kind=BooklakeOperator, words=("candles", ""), **options):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "spark-submit")
            script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/words\nexit {code}\n')
            script.chmod(0o755)
            operator = kind(task_id="candles", words=list(words), options=options)
            operator.application, operator.jars, operator.packages, operator.name = "booklake.jar", "", "", "candles"
            operator.options = {"--conf": "", "--lake": "/lake", **options}
            path = {"PATH": f"{folder}:{os.environ['PATH']}", "AIRFLOW_CONN_BOOKLAKE_SPARK": "spark://local"}
            with mock.patch.dict(os.environ, path):
                outcome = operator.execute({})
            return outcome, Path(folder, "words").read_text().splitlines()

    def test_zero_is_done_and_options_without_a_value_are_left_out(self):
        outcome, words = self.run_with(0, **{"--tickers": "", "--dates": "2012-06-21"})
        self.assertEqual(DONE, outcome)
        self.assertEqual(["booklake.jar", "candles", "--lake", "/lake", "--dates", "2012-06-21"], words[words.index("booklake.jar") :])

    def test_datasets_are_fetched_where_some_are_named(self):
        _, words = self.run_with(0, FetchOperator, ("fetch", "owner/one owner/two@v1"))
        self.assertEqual(["fetch", "owner/one", "owner/two@v1", "--lake", "/lake"], words[words.index("fetch") :])
        with self.assertRaises(AirflowSkipException):
            self.run_with(0, FetchOperator, ("fetch", ""))

    def batches_of(self, plan, size, **options):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "plan").write_text("".join(json.dumps(item) + "\n" for item in plan), encoding="utf-8")
            script = Path(folder, "spark-submit")
            script.write_text(f'#!/bin/sh\nwhile [ "$1" != --report ]; do shift; done\ncp {folder}/plan "$2"\n')
            script.chmod(0o755)
            operator = PlanOperator(task_id="plan", words=["nightly"], options=options, tickers_per_batch=size)
            operator.application, operator.jars, operator.packages, operator.name = "booklake.jar", "", "", "plan"
            path = {"PATH": f"{folder}:{os.environ['PATH']}", "AIRFLOW_CONN_BOOKLAKE_SPARK": "spark://local"}
            with mock.patch.dict(os.environ, path):
                return operator.execute({})

    def test_a_plan_is_dealt_out_with_the_largest_tickers_first(self):
        item = lambda ticker, state, size: {"ticker": ticker, "state": state, "stored_bytes": size}  # noqa: E731
        plan = [
            *(item(ticker, "new", size) for ticker, size in (("A", 1), ("B", 5), ("C", 3))),
            item("A", "to derive", None),
            item("A", "changed", 3),
            item("D", "perhaps changed", 2),
            item("E", "rejected", None),
            item("F", "unchanged", 9),
            item("F", "to derive if changed", None),
            item("F", "to verify", None),
        ]
        self.assertEqual(["B,C,E", "A,D"], self.batches_of(plan, "3"))
        self.assertEqual(["B,A,C,D,E"], self.batches_of(plan, "5"))
        self.assertEqual([], self.batches_of(plan[-3:], "5"))

    def test_a_delivery_that_says_no_ticker_is_not_passed_over_where_nothing_else_came(self):
        broken = {"ticker": None, "state": "rejected", "stored_bytes": None}
        self.assertEqual([""], self.batches_of([broken], "3", **{"--tickers": ""}))
        self.assertEqual(["A,B"], self.batches_of([broken], "3", **{"--tickers": "A,B"}))
        self.assertEqual(["A"], self.batches_of([broken, {"ticker": "A", "state": "new", "stored_bytes": 1}], "3"))

    def test_four_is_partly_done_and_nothing_is_repeated(self):
        self.assertEqual(PARTLY_FAILED, self.run_with(4)[0])

    def test_wrong_input_is_not_tried_again(self):
        for code in (2, 3):
            with self.assertRaises(AirflowFailException):
                self.run_with(code)

    def test_anything_else_is_tried_again(self):
        with self.assertRaises(AirflowException) as raised:
            self.run_with(1)
        self.assertNotIsInstance(raised.exception, AirflowFailException)

    def test_the_last_task_fails_if_anything_was_partly_done(self):
        fail_if_partly_failed([DONE, DONE], DONE, [])
        with self.assertRaisesRegex(AirflowFailException, "1 of 3 tasks"):
            fail_if_partly_failed([DONE, PARTLY_FAILED], DONE)


if __name__ == "__main__":
    unittest.main()
