"""Settings, all from the environment; secrets from files of the instance folder (mode 600)."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MAX_UPLOAD_BYTES = 25 * 1024 * 1024
MAX_FORM_BYTES = 4 * 1024 * 1024  # a lesson plan of three hundred topics is one form


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a process needs to know. `https` says whether cookies may travel over TLS only.

    `public_url` is the address people type, for what is printed: the Host header of a request is
    anybody's claim. `smtp_url` and `mail_from` are both needed for e-mail.
    """

    database_url: str
    secret_key: str
    instance_dir: Path
    https: bool = False
    run_jobs: bool = True
    commands: bool = True
    testing: bool = False
    public_url: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail can leave at all."""
        return self.smtp_url is not None and self.mail_from is not None

    @property
    def files_dir(self) -> Path:
        """Where the bytes of uploaded files lie (journal.core.files)."""
        return self.instance_dir / "files"


def instance_dir() -> Path:
    """The folder of everything that is not code: database, secrets, files, copies."""
    return Path(os.environ.get("INSTANCE_DIR", ROOT / "instance")).resolve()


def secret(folder: Path, name: str) -> str:
    """The secret of that name; made on first use, readable by the owner alone."""
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{name}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)  # atomic: the first of two processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def settings_from_environment() -> Settings:
    """Read the environment; every variable is described in docs/configuration.md."""
    folder = instance_dir()
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'journal.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(
        database_url=url,
        secret_key=os.environ.get("SECRET_KEY") or secret(folder, "secret_key"),
        instance_dir=folder,
        https=os.environ.get("JOURNAL_HTTPS", "") == "1",
        run_jobs=os.environ.get("JOURNAL_JOBS", "1") == "1",
        commands=os.environ.get("JOURNAL_COMMANDS", "1") == "1",
        public_url=os.environ.get("JOURNAL_URL") or None,
        smtp_url=os.environ.get("JOURNAL_SMTP_URL") or None,
        mail_from=os.environ.get("JOURNAL_MAIL_FROM") or None,
    )
