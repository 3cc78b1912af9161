#!/usr/bin/python3
"""Whether a MariaDB server is spoken to over TLS as the URL asks, and its certificate and name are checked.

    checks_mariadb_certificate.py ROOST

Starts a private MariaDB for each certificate: the connector's own words do not tell what it checks.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from collections.abc import Iterator
from pathlib import Path

SKIPPED = 77
NEEDED = ("openssl", "mariadbd", "mariadb-install-db", "mariadb-admin")


def _unprivileged() -> str | None:
    """mariadbd does not run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True, user=_unprivileged(), cwd="/")


def _authority(folder: Path, name: str) -> Path:
    certificate = folder / f"{name}.pem"
    _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", f"/CN={name}"),
        *("-keyout", folder / f"{name}.key", "-out", certificate),
    )
    return certificate


def _certificate(folder: Path, authority: Path, host: str) -> Path:
    """Of that host's, signed by the authority; its key is beside it."""
    certificate = folder / f"{host}.pem"
    _run(
        *("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={host}"),
        *("-keyout", certificate.with_suffix(".key"), "-out", certificate.with_suffix(".csr")),
    )
    _run(
        *("openssl", "x509", "-req", "-days", 2, "-in", certificate.with_suffix(".csr"), "-out", certificate),
        *("-CA", authority, "-CAkey", authority.with_suffix(".key"), "-CAcreateserial"),
    )
    return certificate


@contextmanager
def _server(folder: Path, data: Path, certificate: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={folder}/socket", f"--pid-file={folder}/pid"]
    command += [f"--port={port}", "--bind-address=127.0.0.1", f"--tmpdir={folder}", f"--log-error={folder}/log"]
    command += [f"--ssl-cert={certificate}", f"--ssl-key={certificate.with_suffix('.key')}"]
    server = subprocess.Popen(command, user=_unprivileged(), cwd="/", stderr=subprocess.DEVNULL)
    try:
        ping = ["mariadb-admin", "--no-defaults", f"--socket={folder}/socket", "--user=root", "--wait=30", "ping"]
        subprocess.run(ping, check=True, capture_output=True)
        yield port
    finally:
        server.kill()
        server.wait()


def _is_refused(project: Path, roost: str, url: str) -> bool:
    (project / "environments/dev.toml").write_text(f'[database]\nurl = "{url}"\n')
    variables = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
    run = subprocess.run([roost, "plan", "-e", "dev"], cwd=project, capture_output=True, text=True, timeout=60, env=variables)
    assert run.returncode in (0, 1), run
    assert run.returncode == 0 or "TLS" in run.stderr, run  # and not for another reason
    return run.returncode == 1


def _failures(project: Path, roost: str, port: int, cases: list[tuple[str, str, bool]]) -> int:
    failures = 0
    for host, parameters, refused in cases:
        found = _is_refused(project, roost, f"jdbc:mariadb://{host}:{port}/mysql?user=root{parameters}")
        failures += found != refused
        print(f"{'as asked' if found == refused else 'FAILED'}: {host} {parameters or '-'}: {'refused' if found else 'taken'}")
    return failures


def main(roost: str) -> int:
    if missing := [program for program in NEEDED if not shutil.which(program)]:
        print(f"skipped: not installed: {', '.join(missing)}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="roost-tls-") as name:
        folder = Path(name)
        if owner := _unprivileged():
            shutil.chown(folder, owner)
        (folder / "project/environments").mkdir(parents=True)
        (folder / "project/roost.toml").write_text('[project]\nname = "payroll"\n')
        ours, theirs = (_authority(folder, who) for who in ("ours", "theirs"))
        data = folder / "data"
        _run("mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
             "--skip-test-db")
        verified = "&sslMode=verify-full&serverSslCert="
        with _server(folder, data, _certificate(folder, ours, "localhost")) as port:
            failures = _failures(folder / "project", roost, port, [
                ("localhost", f"{verified}{ours}", False),
                ("localhost", f"&useSsl=true&serverSslCert={ours}", False),
                ("localhost", f"&sslMode=VERIFY_IDENTITY&serverSslCert={ours}", False),
                ("localhost", "&sslMode=trust", False),
                ("localhost", f"{verified}{theirs}", True),  # nobody of theirs vouches for it
                ("localhost", f"{verified}{folder}/none.pem", True),
                ("127.0.0.1", f"{verified}{ours}", True),  # it is not the certificate's name
                ("127.0.0.1", f"&sslMode=verify-ca&serverSslCert={ours}", True),  # no weaker than verify-full
            ])
        with _server(folder, data, _certificate(folder, ours, "elsewhere")) as port:
            failures += _failures(folder / "project", roost, port, [
                ("localhost", f"{verified}{ours}", True),
                ("localhost", "&sslMode=trust", False),
            ])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
