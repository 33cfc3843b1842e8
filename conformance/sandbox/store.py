"""The sandbox's memory: one database for all vendors, reached through short units of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from decimal import Decimal
from threading import Lock
from typing import Any

from sqlalchemy import Dialect, Engine, StaticPool, String, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    """All tables. A vendor's tables carry its name as prefix."""


class Seeded(Base):
    """A row says that a vendor's seed data is in; it commits together with that data."""

    __tablename__ = "seeded"
    vendor: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


class Exact(TypeDecorator[Decimal]):
    """A decimal kept as text: its scale survives, which SQLite's floats would lose."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """To the column."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """From the column."""
        return None if value is None else Decimal(value)


class Store:
    """A database at any SQLAlchemy URL; `sqlite://` lives in memory as long as the store does.

    The database in memory is one connection, so units of work take turns. Elsewhere they run side by side,
    and whatever must happen once has to be one conditional statement.
    """

    def __init__(self, url: str = "sqlite://") -> None:
        self.engine, self._turn = _engine(url)
        Base.metadata.create_all(self.engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One unit of work: commits, or rolls back when the block raises. What it loaded stays readable."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def seed(self, vendor: str, fill: Callable[[Session, datetime], None], now: datetime) -> None:
        """Fill in the vendor's seed data, unless this database has it already."""
        with self.session() as session:
            if session.get(Seeded, vendor) is None:
                session.add(Seeded(vendor=vendor, at=now))
                fill(session, now)

    def close(self) -> None:
        """Give up the connections; a database in memory is gone then."""
        self.engine.dispose()


def _engine(text: str) -> tuple[Engine, AbstractContextManager[Any]]:
    url = make_url(text)
    if url.get_backend_name() != "sqlite":
        return create_engine(url), nullcontext()
    if url.database in (None, "", ":memory:"):
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        return engine, Lock()
    engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _write_ahead)
    return engine, nullcontext()


def _write_ahead(connection: Any, _record: object) -> None:
    """Readers do not wait for the writer, and a commit does not wait for the disk: the data is disposable."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
