"""Accounts: coaches and programme managers, nobody else."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.signing import BadSignature, TimestampSigner
from django.db import models
from django.db.models.functions import Lower

MOST_DIGITS = 18  # of a key; the databases refuse to look for more


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is compared without regard to case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A coach, unless `kind` says otherwise; without password nobody can sign in yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """What `createsuperuser` makes: a programme manager, the highest kind there is."""
        return self.create_user(email, password, kind=User.Kind.PROGRAMME_MANAGER, **fields)

    def with_activation_token(self, token: str) -> "User | None":
        """The account that this token lets choose its first password; None when it is wrong, used or too old."""
        number, _, _ = token.partition(":")
        if not number.isdecimal() or len(number) > MOST_DIGITS:
            return None
        user = self.filter(pk=number, is_active=True).first()
        if user is None:
            return None
        try:
            user.activation_signer.unsign(token, max_age=timedelta(days=settings.ACCOUNT_LINK_DAYS))
        except BadSignature:
            return None
        return user


class User(AbstractBaseUser):
    """Somebody of the organisation that coaches forums."""

    class Kind(models.TextChoices):
        COACH = "coach"
        PROGRAMME_MANAGER = "programme_manager"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COACH)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    mail_fault = models.CharField(max_length=20, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["coach", "programme_manager"]), name="user_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_programme_manager(self) -> bool:
        return self.kind == self.Kind.PROGRAMME_MANAGER

    @property
    def activation_token(self) -> str:
        """What stands in the link of an invitation: signed, never stored, worth nothing once there is a password."""
        return self.activation_signer.sign(str(self.pk))

    @property
    def activation_signer(self) -> TimestampSigner:
        """Signs for this account as it is: another password, also one that nobody can use, is another signer."""
        return TimestampSigner(salt=f"account activation {self.pk} {self.email} {self.password}")

    @property
    def has_begun(self) -> bool:
        """Whether there is a password, or somebody signed in without one: until then an invitation makes sense."""
        return self.has_usable_password() or self.last_login is not None


class BrowserSession(AbstractBaseSession):
    """A browser that the site knows by its cookie; `user` when somebody of staff is signed in there.

    No address is kept, and of the browser only its family and the system it runs on.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="browsers", null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-signed_in_at"]
