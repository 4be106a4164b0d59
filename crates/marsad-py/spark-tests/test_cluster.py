"""A Spark cluster of processes on the loopback: a master, two workers, and one of these killed while the job runs."""

import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

import pytest

pytest.importorskip("py4j")
import pyspark  # noqa: E402

from marsad.spark import code_articles, link_events  # noqa: E402

from reports import in_order, rows  # noqa: E402

CLASS = pathlib.Path(pyspark.__file__).parent / "bin/spark-class"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """Processes, each the leader of a group of its own, so that an executor dies with its worker."""

    def __init__(self, folder):
        self.folder, self.port, self.processes = folder, free_port(), []
        self.master = self.start("Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", str(free_port()))
        self.workers = [self.worker(n) for n in range(2)]

    def start(self, name, *arguments):
        environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m"}
        command = [str(CLASS), f"org.apache.spark.deploy.{name.lower()}.{name}", *arguments]
        with open(self.folder / f"{len(self.processes)}-{name}.log", "wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True, cwd=self.folder)
        self.processes.append(process)
        return process

    def worker(self, n):
        return self.start(
            "Worker", "--host", "127.0.0.1", "--webui-port", str(free_port()), "--cores", "1", "--memory", "1g",
            "--work-dir", str(self.folder / f"work{n}"), f"spark://127.0.0.1:{self.port}",
        )  # fmt: skip

    def kill(self, process):
        if process.poll() is None:
            # Executors are started by the worker, in its group.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def close(self):
        for process in self.processes:
            self.kill(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def spark(cluster):
    builder = pyspark.sql.SparkSession.builder.master(f"spark://127.0.0.1:{cluster.port}").config("spark.ui.enabled", "false")
    settings = {
        "spark.driver.host": "127.0.0.1", "spark.ui.showConsoleProgress": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.executor.memory": "768m",
        "spark.sql.shuffle.partitions": "6", "spark.network.timeout": "20s", "spark.network.timeoutInterval": "10s", "spark.executor.heartbeatInterval": "2s",
        "spark.shuffle.io.maxRetries": "1", "spark.shuffle.io.retryWait": "1s", "spark.sql.session.timeZone": "UTC",
    }  # fmt: skip
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    wait(lambda: executors(session) == 2, "two executors")
    yield session
    session.stop()


def wait(until, what, seconds=240):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"no {what} within {seconds} s"
        time.sleep(0.05)


def executors(session):
    # The driver is one of those that are told.
    return session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1


def during(session, job, at, then):
    """Runs a job, and does something when so many of its tasks are done and others run."""
    out = {}

    def run():
        try:
            out["result"] = job()
        except BaseException as error:
            out["error"] = error

    tracker = session.sparkContext.statusTracker()
    done = {}

    def far_enough():
        for stage in tracker.getActiveStageIds():
            told = tracker.getStageInfo(stage)
            if told:
                done[stage] = (told.numCompletedTasks, told.numActiveTasks)
        return out or (sum(count for count, _ in done.values()) >= at and any(active for _, active in done.values()))

    thread = threading.Thread(target=run)
    thread.start()
    wait(far_enough, f"{at} tasks")
    assert "result" not in out, "the job was over before anything was done to it"
    then()
    thread.join(600)
    if "error" in out:
        raise out["error"]
    return out["result"]


def test_a_worker_is_killed_while_articles_are_coded(cluster, spark, articles, coded, tmp_path):
    df = spark.createDataFrame(articles).repartition(24)
    out = str(tmp_path / "coded")
    during(spark, lambda: code_articles(df, record=True).write.parquet(out), 8, lambda: cluster.kill(cluster.workers[0]))
    assert cluster.workers[0].poll() is not None
    assert rows(spark.read.parquet(out).toArrow()) == rows(coded)
    wait(lambda: executors(spark) == 1, "loss of an executor")


def test_a_worker_is_killed_while_events_are_linked(cluster, spark, records, incidents, tmp_path):
    cluster.workers[0] = cluster.worker(2)
    wait(lambda: executors(spark) == 2, "second executor")
    df = spark.createDataFrame(records).repartition(8)
    out = str(tmp_path / "incidents")
    job = lambda: link_events(df, checkpoints=str(tmp_path), buckets=6).write.parquet(out)  # noqa: E731
    during(spark, job, 10, lambda: cluster.kill(cluster.workers[1]))
    wait(lambda: executors(spark) == 1, "loss of an executor")
    assert in_order(spark.read.parquet(out).toArrow()) == incidents.to_pylist()
