"""Cache of parsed documents between builds, keyed by everything that they depend on.

A database in the cache folder, with encoded documents and bodies in two tables. It is updated in
one transaction and keeps only what the last build used. Each row has a checksum: a damaged one is
a miss, and a corrupt or foreign file is an empty one. Nothing in it is code.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

import msgspec

from dossier.content.documents import Body, Document

FILE = "documents"
_VERSION = 6
_FEW = 100  # keys that are sooner looked up than all are read
_CHECKSUM = 4  # bytes before the data of a row: the CRC-32 of its key and of its data
_TABLES = """
CREATE TABLE documents (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE bodies (key TEXT PRIMARY KEY, data BLOB NOT NULL);
"""

Encoded = tuple[bytes, bytes]
"""A document and its body, encoded."""


class DocumentCache:
    """The parsed documents of earlier builds and of this one. May be used after a fork."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._file = folder / FILE if folder else None
        self._new: dict[str, Encoded] = {}
        self._stored: Set[str] = frozenset()
        self._connection: tuple[int, sqlite3.Connection] | None = None
        self._snapshot: tuple[int, sqlite3.Connection] | None = None
        self._last: tuple[str, Body | None] = "", None
        self._document = msgspec.msgpack.Decoder(Document)
        self._body = msgspec.msgpack.Decoder(Body)

    def __reduce__(self) -> tuple[type[DocumentCache], tuple[Path | None]]:
        return DocumentCache, (self._folder,)

    def load(self, keys: Collection[str], of_all: bool = True) -> dict[str, Document]:
        """Load the documents with these keys that are stored and intact.

        Unless the keys are those of all documents, none that is missing is taken for unused.
        """
        wanted, stored, found = set(keys), set(), {}
        columns = "key, data" if wanted else "key, NULL"
        for key, data in self._read(f"SELECT {columns} FROM documents", None if of_all else keys):
            stored.add(key)
            if key in wanted:  # an older engine may have left as many others
                with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                    found[key] = self._document.decode(_checked(key, data))
        self._stored = frozenset(stored if of_all else ())
        return found

    def missing(self, keys: Iterable[str]) -> Set[str]:
        """Find the keys that no document is stored with."""
        wanted = set(keys)
        asked = wanted if len(wanted) < _FEW else None
        stored = self._read("SELECT key, NULL FROM documents", asked)
        return wanted.difference(key for key, _ in stored)

    def add(self, key: str, encoded: Encoded) -> None:
        """Add a document and its body."""
        self._new[key] = encoded

    def put(self, key: str, encoded: Encoded) -> Document:
        """Add a document and its body; return the document."""
        self.add(key, encoded)
        return self.decode(encoded[0])

    def decode(self, data: bytes) -> Document:
        """Decode a document that another process has put in the cache."""
        return self._document.decode(data)

    def body(self, key: str) -> Body | None:
        """Load the body with this key, if it is stored and intact."""
        if self._last[0] != key:  # the files of a document are made one after another
            self._last = key, self._load_body(key)
        return self._last[1]

    def _load_body(self, key: str) -> Body | None:
        try:
            if key in self._new:
                return self._body.decode(self._new[key][1])
            query = "SELECT data FROM bodies WHERE key = ?"
            row = self._open_snapshot().execute(query, (key,)).fetchone()
            return self._body.decode(_checked(key, row[0])) if row else None
        except (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def save(self, used: Iterable[str] = ()) -> None:
        """Write what is new; of what was loaded as that of all documents, delete what is unused."""
        stale = self._stored - set(used)
        if self._file is None or not (self._new or stale):
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._write(stale)
        except OSError:
            return  # it cannot be kept: only time is lost
        except sqlite3.OperationalError:
            return  # another build is writing: only time is lost
        except sqlite3.DatabaseError:
            self._close()
            self._file.unlink(missing_ok=True)
            self._write(())
        self._new = {}

    def _write(self, stale: Iterable[str]) -> None:
        with self._open(create=True) as database:
            if _version(database) != _VERSION:
                names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                for (name,) in names.fetchall():
                    database.execute(f'DROP TABLE "{name}"')
                for statement in _TABLES.strip().splitlines():
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_VERSION}")
            gone = [(key,) for key in stale]
            for table, position in (("documents", 0), ("bodies", 1)):
                database.executemany(f"DELETE FROM {table} WHERE key = ?", gone)
                rows = (
                    (key, _sealed(key, encoded[position])) for key, encoded in self._new.items()
                )
                database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)
        self._close()

    def _read(self, query: str, keys: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Read the rows that a query finds: all, or only those with some keys."""
        if self._file is None or not self._file.is_file():
            return
        try:
            database = self._open()
            if _version(database) != _VERSION:
                return
            if keys is None:
                yield from database.execute(query)
                return
            one = f"{query} WHERE key = ?"
            for key in keys:
                yield from database.execute(one, (key,))
        except sqlite3.Error:
            return
        finally:
            self._close()  # processes may fork now

    def _open(self, create: bool = False) -> sqlite3.Connection:
        """Open a connection for this process: it must not be shared across a fork."""
        if self._connection is None or self._connection[0] != os.getpid():
            if self._file is None or not (create or self._file.is_file()):
                raise sqlite3.OperationalError
            database = sqlite3.connect(self._file, timeout=5)
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA page_size = 8192")  # of a new file: most bodies fit in a page
            self._connection = os.getpid(), database
        return self._connection[1]

    def _open_snapshot(self) -> sqlite3.Connection:
        """Open the database to read as if nobody wrote to it, in a quarter of the time.

        What somebody does write may look damaged then, which checksums tell.
        """
        if self._snapshot is None or self._snapshot[0] != os.getpid():
            if self._file is None or not self._file.is_file():
                raise sqlite3.OperationalError
            address = f"{self._file.resolve().as_uri()}?immutable=1"
            self._snapshot = os.getpid(), sqlite3.connect(address, uri=True)
        return self._snapshot[1]

    def _close(self) -> None:
        for opened in filter(None, (self._connection, self._snapshot)):
            opened[1].close()
        self._connection = self._snapshot = None


def _sealed(key: str, data: bytes) -> bytes:
    """Put its checksum before the data of a row."""
    return zlib.crc32(data, zlib.crc32(key.encode())).to_bytes(_CHECKSUM, "little") + data


def _checked(key: str, sealed: bytes) -> bytes:
    """Return the data of a row; nothing, which decodes to no record, where it is damaged."""
    data, checksum = sealed[_CHECKSUM:], int.from_bytes(sealed[:_CHECKSUM], "little")
    return data if zlib.crc32(data, zlib.crc32(key.encode())) == checksum else b""


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def document_key(context: str, path: str, content: str) -> str:
    """Build the key of a document from a context, its path and the fingerprint of its bytes.

    The path comes first: files are read in its order, and rows that come in the order of their keys
    are written in half the time.
    """
    return f"{path} {content} {context}"
