"""Days as one says them: 3月23日 周一."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()
_WEEKDAYS = "一二三四五六日"


@register.filter
def day(value: date | None) -> str:
    """Write a day with its weekday, and with its year unless that is the present one."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    this_year = value.year == timezone.localdate().year
    if (get_language() or "").startswith("zh"):
        year = "" if this_year else f"{value.year}年"
        return f"{year}{value.month}月{value.day}日 周{_WEEKDAYS[value.weekday()]}"
    return f"{value:%a} {value.day} {value:%b}" + ("" if this_year else f" {value.year}")
