"""The only writers of committees, users and tokens."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.core.accounts import vault
from linli.core.accounts.models import ApiToken, Committee, Role, RoleLabel, User
from linli.core.accounts.scopes import SCOPES
from linli.core.accounts.selectors import own_role_labels, successors_of
from linli.core.audit.services import record
from linli.engines.errors import RuleError

type Handover = Callable[[User, User], int]
"""Passes what one user keeps to another and returns how many things that were."""

_HANDOVERS: list[Handover] = []
# Small letters and digits without 0/o, 1/l/i: read from paper, typed on a phone.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_USERNAME = re.compile(r"[\w.-]{2,40}")


def contribute_handover(handover: Handover) -> None:
    """Let a skill pass on what a leaving user kept."""
    _HANDOVERS.append(handover)


def random_password() -> str:
    """Make a password of 79 bits that can be read aloud."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def _short(text: str, *, most: int, least: int = 1) -> str:
    """Take off what surrounds a text and refuse what a page could not show on a line."""
    text = text.strip()
    if not least <= len(text) <= most:
        raise RuleError("accounts.text_unfit", text=text[:most], least=least, most=most)
    return text


@transaction.atomic
def create_committee(
    *, name: str, desk_phone: str = "", desk_hours: str = "", head_username: str, head_name: str
) -> tuple[Committee, User, str]:
    """Set up a committee with its head; return both and the head's first password."""
    name = _short(name, most=60)
    if Committee.objects.filter(name=name).exists():
        raise RuleError("accounts.committee_exists", name=name)
    committee = Committee.objects.create(
        name=name,
        desk_phone=_short(desk_phone, most=40, least=0),
        desk_hours=_short(desk_hours, most=80, least=0),
        keys_fingerprint=vault.fingerprint(),
    )
    record("accounts.committee_created", committee_id=committee.pk, actor=None, subject=committee)
    head, password = create_user(
        committee=committee, by=None, username=head_username, name=head_name, role=Role.HEAD
    )
    return committee, head, password


@transaction.atomic
def change_committee(committee: Committee, *, by: User, desk_phone: str, desk_hours: str) -> None:
    """Change what slips and notices print about the desk."""
    committee.desk_phone = _short(desk_phone, most=40, least=0)
    committee.desk_hours = _short(desk_hours, most=80, least=0)
    committee.save(update_fields=["desk_phone", "desk_hours"])
    record("accounts.committee_changed", committee_id=committee.pk, actor=by, subject=committee)


@transaction.atomic
def create_user(
    *, committee: Committee, by: User | None, username: str, name: str, role: str
) -> tuple[User, str]:
    """Create a user with a random first password, which is returned once."""
    username = User.normalize_username(username).strip().lower()
    if not _USERNAME.fullmatch(username):
        raise RuleError("accounts.username_unfit", username=username)
    if User.objects.filter(username__iexact=username).exists():
        raise RuleError("accounts.username_taken", username=username)
    password = random_password()
    user = User(committee=committee, username=username, name=_short(name, most=40), role=Role(role))
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as clash:
        raise RuleError("accounts.username_taken", username=username) from clash
    record("accounts.user_created", committee_id=committee.pk, actor=by, subject=user, role=role)
    return user, password


@transaction.atomic
def recover_user(user: User, *, by: User | None) -> str:
    """Give a user a new first password; old one, sessions, tokens and a lock-out end at once."""
    if not user.is_active:
        raise RuleError("accounts.user_is_closed", name=user.name)
    password = random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _withdraw_tokens(user)
    reset(username=user.username)
    record("accounts.user_recovered", committee_id=user.committee_id, actor=by, subject=user)
    return password


@transaction.atomic
def change_password(user: User, *, password: str) -> None:
    """Set the password the user chose."""
    validate_password(password, user)
    if user.check_password(password):
        raise RuleError("accounts.password_unchanged")
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("accounts.password_changed", committee_id=user.committee_id, actor=user, subject=user)


@transaction.atomic
def change_role(user: User, *, by: User, role: str) -> None:
    """Give a user another role."""
    if not user.is_active:
        raise RuleError("accounts.user_is_closed", name=user.name)
    if user.role == role:
        return
    if user.role == Role.HEAD:
        _keep_one_head(user)
    user.role = role
    user.save(update_fields=["role"])
    record(
        "accounts.role_changed", committee_id=user.committee_id, actor=by, subject=user, role=role
    )


@transaction.atomic
def close_user(user: User, *, by: User | None, successor: User) -> int:
    """Close the account of somebody who leaves; return how many things were handed over."""
    if not user.is_active:
        raise RuleError("accounts.user_is_closed", name=user.name)
    if not successors_of(user).filter(pk=successor.pk).exists():
        raise RuleError("accounts.successor_unfit", name=successor.name)
    if user.role == Role.HEAD:
        _keep_one_head(user)
    try:
        passed = sum(handover(user, successor) for handover in _HANDOVERS)
    except RuleError as refusal:
        raise RuleError("accounts.successor_unfit", name=successor.name) from refusal
    user.is_active = False
    user.closed_at = timezone.now()
    user.set_unusable_password()
    user.save(update_fields=["is_active", "closed_at", "password"])
    _withdraw_tokens(user)
    record(
        "accounts.user_closed",
        committee_id=user.committee_id,
        actor=by,
        subject=user,
        passed=passed,
        successor=successor.pk,
    )
    return passed


def _keep_one_head(leaving: User) -> None:
    """Refuse to leave a committee without a head, even if two leave at the same moment."""
    heads = User.objects.select_for_update().filter(
        committee_id=leaving.committee_id, role=Role.HEAD, is_active=True
    )
    if all(head.pk == leaving.pk for head in heads):
        raise RuleError("accounts.last_head", name=leaving.name)


def _withdraw_tokens(user: User) -> None:
    user.tokens.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def label_roles(committee: Committee, *, by: User, labels: Mapping[str, str]) -> None:
    """Call roles what the committee calls them; an empty label brings the usual one back."""
    own = own_role_labels(committee.pk)
    for role, label in labels.items():
        if label == own.get(role, ""):
            continue
        if label:
            RoleLabel.objects.update_or_create(
                committee=committee, role=role, defaults={"label": label}
            )
        else:
            RoleLabel.objects.filter(committee=committee, role=role).delete()
        record(
            "accounts.role_labelled",
            committee_id=committee.pk,
            actor=by,
            subject=committee,
            role=role,
            label=label,
        )


@transaction.atomic
def create_token(
    user: User, *, name: str, scopes: Sequence[str], expires_on: date
) -> tuple[ApiToken, str]:
    """Create a token and return it once; only its hash is kept."""
    for scope in scopes:
        if scope not in SCOPES or not user.has_perm(SCOPES[scope].permission):
            raise RuleError("accounts.scope_unfit", scope=scope)
    if user.tokens.filter(name=name, withdrawn_at=None).exists():
        raise RuleError("accounts.token_name_taken", name=name)
    secret = "linli_" + secrets.token_urlsafe(24)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=vault.token_digest(secret),
        scopes=sorted(set(scopes)),
        expires_on=expires_on,
    )
    record("accounts.token_created", committee_id=user.committee_id, actor=user, subject=token)
    return token, secret


@transaction.atomic
def withdraw_token(token: ApiToken, *, by: User) -> None:
    """Stop a token at once."""
    if token.withdrawn_at is not None:
        return
    token.withdrawn_at = timezone.now()
    token.save(update_fields=["withdrawn_at"])
    record("accounts.token_withdrawn", committee_id=by.committee_id, actor=by, subject=token)


@transaction.atomic
def note_backup() -> None:
    """Write in every committee's log that all its data left in an encrypted file."""
    for committee_id in Committee.objects.values_list("pk", flat=True):
        record("accounts.backup_written", committee_id=committee_id, actor=None)


@transaction.atomic
def note_restore(made_at: str) -> None:
    """Write in every committee's log that its data are those of a backup."""
    for committee_id in Committee.objects.values_list("pk", flat=True):
        record("accounts.backup_restored", committee_id=committee_id, actor=None, made=made_at)
