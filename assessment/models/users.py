"""Accounts: coaches and programme managers, nobody else."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


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
