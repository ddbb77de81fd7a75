from django.apps import AppConfig


class NeighbourhoodsConfig(AppConfig):
    name = "wardwell.neighbourhoods"
    label = "neighbourhoods"
    default_auto_field = "django.db.models.BigAutoField"
