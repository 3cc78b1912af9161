#!/usr/bin/python3
"""Whether FreeTDS sends a password to a server whose certificate nobody vouches for: only where the URL trusts it.

    checks_certificate.py ROOST

Plays the part of a SQL Server up to the log-in: the pre-login, TLS within its packets, and the log-in's packet, which it
reads and does not answer. FreeTDS passes over connection attributes that it does not know, so that only this tells
whether a certificate is checked.
"""

import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SKIPPED = 77
PRELOGIN, ANSWER, LOGIN = 0x12, 0x04, 0x10
ENCRYPT_REQUIRED = 3
PASSWORD = "hush}}hush={日本"  # what a connection string has its own meaning for


class Server:
    """Takes one connection after the other; `seen` is what the last one told: "nothing", or the password."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._context.maximum_version = ssl.TLSVersion.TLSv1_2
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.seen = "nothing"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                connection.settimeout(10)
                try:
                    self._log_in(connection)
                except OSError:  # ssl.SSLError too: the client went away
                    pass

    def _log_in(self, connection: socket.socket) -> None:
        _read(connection)
        connection.sendall(_packet(ANSWER, _prelogin()))
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = self._context.wrap_bio(incoming, outgoing, server_side=True)
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                if answer := outgoing.read():
                    connection.sendall(_packet(PRELOGIN, answer))
                incoming.write(_read(connection)[1])
        if answer := outgoing.read():
            connection.sendall(_packet(PRELOGIN, answer))
        # From here on the packets are within TLS.
        data = b""
        while len(data) < 8 or len(data) < int.from_bytes(data[2:4], "big"):
            try:
                data += tls.read(4096)
            except ssl.SSLWantReadError:
                received = connection.recv(4096)
                if not received:
                    return
                incoming.write(received)
        if data[0] == LOGIN:
            self.seen = _password(data[8:])


def _prelogin() -> bytes:
    options = [(0, bytes([16, 0, 0, 0, 0, 0])), (1, bytes([ENCRYPT_REQUIRED])), (2, b"\0"), (3, b"")]
    head, body, offset = b"", b"", 5 * len(options) + 1
    for token, value in options:
        head += bytes([token]) + (offset + len(body)).to_bytes(2, "big") + len(value).to_bytes(2, "big")
        body += value
    return head + b"\xff" + body


def _password(login: bytes) -> str:
    """Of a LOGIN7 packet: each byte has its halves swapped, then is XORed with A5."""
    at, length = (int.from_bytes(login[n : n + 2], "little") for n in (44, 46))
    mixed = (byte ^ 0xA5 for byte in login[at : at + 2 * length])
    return bytes((byte >> 4 | byte << 4) & 0xFF for byte in mixed).decode("utf-16-le")


def _packet(kind: int, data: bytes) -> bytes:
    return bytes([kind, 1]) + (len(data) + 8).to_bytes(2, "big") + bytes(4) + data


def _read(connection: socket.socket) -> tuple[int, bytes]:
    head = _exactly(connection, 8)
    return head[0], _exactly(connection, int.from_bytes(head[2:4], "big") - 8)


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        received = connection.recv(size - len(data))
        if not received:
            raise ConnectionError("the client went away")
        data += received
    return data


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
        + ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return certificate, key


def _seen(folder: Path, roost: str, server: Server, properties: str) -> str:
    password = "{" + PASSWORD.replace("}", "}}") + "}"
    url = f"jdbc:sqlserver://localhost:{server.port};databaseName=d;user=u;password={password};{properties}"
    (folder / "environments").mkdir(exist_ok=True)
    (folder / "roost.toml").write_text('[project]\nname = "payroll"\n')
    (folder / "environments/dev.toml").write_text(f'[database]\nurl = "{url}"\n')
    server.seen = "nothing"
    run = subprocess.run([roost, "plan", "-e", "dev"], cwd=folder, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1, run
    assert PASSWORD not in run.stdout + run.stderr, run
    return server.seen


def main(roost: str) -> int:
    if not shutil.which("openssl") or "[FreeTDS]" not in subprocess.run(
        ["odbcinst", "-q", "-d"], capture_output=True, text=True
    ).stdout:
        print("skipped: openssl or Debian's tdsodbc is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="roost-certificate-") as name:
        folder = Path(name)
        pair = _certificate(folder, "localhost")
        right, wrong = Server(*pair), Server(*_certificate(folder, "elsewhere"))
        cases = [
            (right, "", "nothing"),  # nobody vouches for it
            (right, "encrypt=true;trustServerCertificate=false", "nothing"),
            (right, "trustServerCertificate=true", PASSWORD),
            (right, f"serverCertificate={pair[0]}", PASSWORD),
            (wrong, f"serverCertificate={pair[0]}", "nothing"),  # another server's
            (wrong, f"serverCertificate={folder / 'elsewhere.pem'}", "nothing"),  # vouched for, but it is elsewhere
        ]
        failures = 0
        for server, properties, expected in cases:
            seen = _seen(folder, roost, server, properties)
            failures += seen != expected
            print(f"{'as asked' if seen == expected else 'FAILED'}: {properties or 'nothing said'}: the server saw {seen}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
