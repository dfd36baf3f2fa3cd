"""Uses a Hub by Python's own client and prints one JSON object with what it saw.

usage: use_hub.py ENDPOINT CACHE download|offline|faithful
       use_hub.py ENDPOINT CACHE proxied PROXY NO_PROXY...
"""

import hashlib
import json
import os
import sys
import tempfile

endpoint, cache, what = sys.argv[1:4]
os.environ.update(
    HF_ENDPOINT=endpoint,
    HF_HOME=tempfile.mkdtemp(),
    HF_HUB_CACHE=cache,
    HF_TOKEN="hf_ofPython",
    HF_HUB_DISABLE_XET="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_DISABLE_PROGRESS_BARS="1",
)
if what == "offline":
    os.environ["HF_HUB_OFFLINE"] = "1"

from huggingface_hub import HfApi, HfFileSystem, close_session, get_session, scan_cache_dir, snapshot_download, upload_folder  # noqa: E402

ID = "owner/mixed"


def contents(folder):
    found = {}
    for parent, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def cached(folder):
    scan = scan_cache_dir()
    [repository] = scan.repos
    [revision] = repository.revisions
    return {
        "commit": os.path.basename(folder),
        "files": contents(folder),
        "warnings": [str(warning) for warning in scan.warnings],
        "incomplete": len(scan.incomplete_files),
        "refs": sorted(revision.refs),
        "repository": repository.repo_id,
    }


def faithful():
    api = HfApi()
    listed = list(api.list_repo_tree(ID, repo_type="dataset", recursive=True, expand=False))
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/data")
        files = {
            "README.md": b"---\nlicense: mit\n---\n",
            "data/small.csv": b"1,2\n",
            "data/table.parquet": os.urandom(100_000),
            "data/multipart.bin": os.urandom(12_000_000),
        }
        for path, content in files.items():
            with open(f"{folder}/{path}", "wb") as file:
                file.write(content)
        api.create_repo("me/uploaded", repo_type="dataset", exist_ok=True)
        first = upload_folder(repo_id="me/uploaded", folder_path=folder, repo_type="dataset")
        second = upload_folder(repo_id="me/uploaded", folder_path=folder, repo_type="dataset")
        uploaded = contents(folder)
    downloaded = contents(snapshot_download("me/uploaded", repo_type="dataset", revision=first.oid))
    files = HfFileSystem()
    with files.open(f"datasets/{ID}/a/table.parquet", block_size=4096) as file:
        size = file.size
        file.seek(1000)
        part = file.read(10).hex()
    return {
        "listed": sorted(entry.path for entry in listed if hasattr(entry, "blob_id")),
        "again": first.oid == second.oid,
        "uploaded": uploaded,
        "same": uploaded == downloaded,
        "found": sorted(files.find("datasets/me/uploaded")),
        "top": sorted(files.ls(f"datasets/{ID}", detail=False)),
        "size": size,
        "part": part,
    }


def proxied(proxy, *cases):
    os.environ["HTTP_PROXY"] = proxy
    for number, case in enumerate(cases):
        os.environ["NO_PROXY"] = case
        close_session()
        get_session().get(f"{endpoint}/api/datasets/{ID}?case={number}").raise_for_status()
    return len(cases)


if what == "faithful":
    seen = faithful()
elif what == "proxied":
    seen = proxied(*sys.argv[4:])
else:
    seen = cached(snapshot_download(ID, repo_type="dataset", local_files_only=what == "offline"))
print("RESULT " + json.dumps(seen))
