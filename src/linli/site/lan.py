"""HTTPS in the office network: an own authority, and a page that helps a phone trust it."""

import fcntl
import hashlib
import io
import ipaddress
import os
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

import click
import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused
from linli.site import serve
from linli.site.safeguards import refuse_taken_port

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")
_HERE = Path(__file__).resolve().parent
_AUTHORITY_DAYS = 3650
_SERVER_DAYS = 397  # phones refuse certificates that last longer than 398 days
_RENEW_DAYS = 30
_SIOCGIFADDR = 0x8915


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where the server's certificate and key lie, and the authority that phones trust."""

    certificate: Path
    key: Path
    authority: bytes
    """DER, as phones take it."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the authority, to compare what the phone shows."""
        digest = hashlib.sha256(self.authority).hexdigest().upper()
        return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def own_addresses() -> list[str]:
    """List this machine's addresses in private networks, the one used for going out first."""
    found = []
    for beyond in ("192.168.255.254", "10.255.255.254", "172.31.255.254"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((beyond, 9))  # sends nothing: it only asks for the way
            except OSError:
                continue
            found.append(str(probe.getsockname()[0]))
    found += _interface_addresses()
    networks = [ipaddress.ip_network(network) for network in _PRIVATE[:3]]
    return [
        address
        for address in dict.fromkeys(found)
        if any(ipaddress.ip_address(address) in network for network in networks)
    ]


def _interface_addresses() -> Iterator[str]:
    """Ask Linux for the address of every network interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _number, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe, _SIOCGIFADDR, request)
            except OSError:  # it has none
                continue
            yield socket.inet_ntoa(answer[20:24])


def certificates(
    folder: Path, *, addresses: list[str], hostname: str, now: datetime
) -> Certificates:
    """Return certificates that hold for ``addresses``, made or renewed where they do not."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, authority_key = _authority(folder, hostname, now)
    certificate, key = folder / "server.pem", folder / "server.key"
    if not _still_good(certificate, key, authority, {*addresses, hostname, "127.0.0.1"}, now):
        server_key = ec.generate_private_key(ec.SECP256R1())
        issued = _issue(server_key.public_key(), authority, authority_key, addresses, hostname, now)
        _write(key, _private(server_key))
        chain = [issued, authority]
        _write(certificate, b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain))
    der = authority.public_bytes(serialization.Encoding.DER)
    return Certificates(certificate, key, der)


def _authority(
    folder: Path, hostname: str, now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Load the authority, or make one that is good for the private networks only."""
    pem, key_file = folder / "authority.pem", folder / "authority.key"
    if pem.exists() and key_file.exists():
        loaded = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if isinstance(loaded, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(pem.read_bytes()), loaded
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Linli 邻里 ({hostname})"[:64])])
    permitted: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_network(network)) for network in _PRIVATE
    ]
    permitted += [x509.DNSName(hostname), x509.DNSName("local")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        # Who steals this key can pose as no bank: it counts inside private networks only.
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_file, _private(key))
    _write(pem, certificate.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _issue(
    public_key: ec.EllipticCurvePublicKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    addresses: list[str],
    hostname: str,
    now: datetime,
) -> x509.Certificate:
    names: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(address))
        for address in dict.fromkeys((*addresses, "127.0.0.1"))
    ]
    names.append(x509.DNSName(hostname))
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hostname[:64])]))
        .issuer_name(authority.subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_SERVER_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _still_good(
    certificate: Path, key: Path, authority: x509.Certificate, names: set[str], now: datetime
) -> bool:
    if not (certificate.exists() and key.exists()):
        return False
    present = x509.load_pem_x509_certificate(certificate.read_bytes())
    held = present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(name.value) for name in held}
    lasts = present.not_valid_after_utc > now + timedelta(days=_RENEW_DAYS)
    return lasts and names <= covered and present.issuer == authority.subject


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def help_server(
    host: str, port: int, *, made: Certificates, address: str, here: str
) -> ThreadingHTTPServer:
    """Make the plain server that gives out the authority and the steps, and nothing else."""
    drawn = io.BytesIO()
    segno.make(here).save(drawn, kind="svg", scale=6, xmldecl=False)
    page = Template((_HERE / "lan_page.html").read_text(encoding="utf-8")).substitute(
        address=address, here=here, fingerprint=made.fingerprint
    )
    answers = {
        "/": ("text/html; charset=utf-8", page.encode()),
        "/page.css": ("text/css; charset=utf-8", (_HERE / "lan_page.css").read_bytes()),
        "/qr.svg": ("image/svg+xml", drawn.getvalue()),
        "/linli.crt": ("application/x-x509-ca-cert", made.authority),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = answers.get(self.path, ("", b""))
            self.send_response(HTTPStatus.OK if kind else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'self'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Keep no record of who asked."""

    return ThreadingHTTPServer((host, port), Handler)


def serve_on_lan(*, host: str, port: int, trust_port: int, workers: int) -> None:
    """Serve over HTTPS for the office network, with the help page on a plain port."""
    addresses = own_addresses() if host == "0.0.0.0" else [host]  # noqa: S104
    if not addresses:
        raise Refused(
            _("This machine has no address in an office network; connect it, or use paper.")
        )
    hostname = socket.gethostname().lower()
    made = certificates(
        settings.DATA_DIR / "certificates",
        addresses=addresses,
        hostname=hostname,
        now=datetime.now(UTC),
    )
    refuse_taken_port(host, trust_port)
    address, here = f"https://{addresses[0]}:{port}", f"http://{addresses[0]}:{trust_port}/"
    os.environ["LINLI_ALLOWED_HOSTS"] = ",".join([*addresses, hostname, "127.0.0.1", "localhost"])
    os.environ["LINLI_HTTPS"] = "1"
    os.environ.setdefault("LINLI_PUBLIC_URL", address)
    helper = help_server(host, trust_port, made=made, address=f"{address}/", here=here)
    threading.Thread(target=helper.serve_forever, daemon=True).start()
    click.echo(_("Open %(address)s — stop with Ctrl-C.") % {"address": f"{address}/"})
    click.echo(_("First, on each phone and computer: %(here)s") % {"here": here})
    segno.make(here).terminal(compact=True)
    click.echo(_("Fingerprint of the certificate: %(print)s") % {"print": made.fingerprint})
    serve.run(host=host, port=port, workers=workers, certificate=made.certificate, key=made.key)
    helper.shutdown()
