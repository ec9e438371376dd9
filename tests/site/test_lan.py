"""Certificates of the office network and the page that helps to trust them."""

import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from linli.site import lan

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ADDRESS = "192.168.1.20"


def made(folder, *, addresses=(ADDRESS,), now=NOW):
    return lan.certificates(folder, addresses=list(addresses), hostname="office", now=now)


def subject_names(certificates):
    loaded = x509.load_pem_x509_certificate(certificates.certificate.read_bytes())
    held = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in held}


def test_certificate_holds_for_the_machine(tmp_path):
    assert subject_names(made(tmp_path)) == {ADDRESS, "127.0.0.1", "office"}


def test_keys_are_readable_by_their_owner_only(tmp_path):
    made(tmp_path)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o600}


def test_certificate_stays_while_it_is_good(tmp_path):
    first = made(tmp_path).certificate.read_bytes()

    assert made(tmp_path, now=NOW + timedelta(days=100)).certificate.read_bytes() == first


def test_new_address_gets_a_new_certificate(tmp_path):
    authority = made(tmp_path).authority

    renewed = made(tmp_path, addresses=["10.0.0.7"])

    assert "10.0.0.7" in subject_names(renewed)
    assert renewed.authority == authority


def test_certificate_is_renewed_before_it_ends(tmp_path):
    first = made(tmp_path).certificate.read_bytes()

    assert made(tmp_path, now=NOW + timedelta(days=380)).certificate.read_bytes() != first


def test_certificate_passes_a_strict_check(tmp_path):
    certificates = made(tmp_path)
    loaded = x509.load_pem_x509_certificates(certificates.certificate.read_bytes())
    store = Store([x509.load_der_x509_certificate(certificates.authority)])
    name = x509.IPAddress(ip_address(ADDRESS))

    PolicyBuilder().store(store).time(NOW).build_server_verifier(name).verify(loaded[0], [])


def test_authority_counts_for_private_networks_only(tmp_path):
    certificates = made(tmp_path, addresses=["8.8.8.8"])
    loaded = x509.load_pem_x509_certificates(certificates.certificate.read_bytes())
    store = Store([x509.load_der_x509_certificate(certificates.authority)])
    name = x509.IPAddress(ip_address("8.8.8.8"))
    verifier = PolicyBuilder().store(store).time(NOW).build_server_verifier(name)

    with pytest.raises(VerificationError):
        verifier.verify(loaded[0], [])


def test_server_program_takes_the_certificate(tmp_path):
    certificates = made(tmp_path)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    context.load_cert_chain(certificates.certificate, certificates.key)


@pytest.fixture
def helper(tmp_path):
    server = lan.help_server(
        "127.0.0.1",
        0,
        made=made(tmp_path),
        address="https://192.168.1.20:8443/",
        here="http://192.168.1.20:8080/",
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_help_page_leads_to_certificate_and_site(helper):
    page = urlopen(f"{helper}/", timeout=5).read().decode()

    assert 'href="/linli.crt"' in page
    assert "https://192.168.1.20:8443/" in page
    assert "$" not in page


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/linli.crt", "application/x-x509-ca-cert"),
        ("/qr.svg", "image/svg+xml"),
        ("/page.css", "text/css; charset=utf-8"),
    ],
)
def test_help_page_has_its_parts(path, kind, helper):
    with urlopen(helper + path, timeout=5) as answer:
        assert answer.headers["Content-Type"] == kind


def test_help_server_gives_out_nothing_else(helper):
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{helper}/authority.key", timeout=5)
    refused.value.close()

    assert refused.value.code == 404


def test_every_card_of_the_machine_is_asked(monkeypatch):
    """The way out may lead over another card than the office network."""
    assert "127.0.0.1" in lan._interface_addresses()
    monkeypatch.setattr(lan, "_interface_addresses", lambda: ["127.0.0.1", "10.9.8.7", "8.8.8.8"])

    found = lan.own_addresses()

    assert "10.9.8.7" in found
    assert not {"127.0.0.1", "8.8.8.8"} & set(found)
