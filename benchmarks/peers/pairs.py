"""The pairs of a landing zone for engines that read no zip archives: those are unpacked one at a time, into memory where
the machine has a file system there."""

import os
import tempfile
import zipfile
from pathlib import Path


def pairs(landing):
    """Stem of the message file's name, and both files, in the order of the names."""
    for message_file in sorted(landing.glob("*_message_*.csv*")):
        book_file = message_file.with_name(message_file.name.replace("_message_", "_orderbook_"))
        yield message_file.name.split(".csv")[0], message_file, book_file
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    for archive in sorted(landing.glob("*.zip")):
        with tempfile.TemporaryDirectory(dir=memory) as folder, zipfile.ZipFile(archive) as zipped:
            for entry in zipped.namelist():
                if entry.endswith(".csv"):
                    zipped.extract(entry, folder)
            yield from pairs(Path(folder))
