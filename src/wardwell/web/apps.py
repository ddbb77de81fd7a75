from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wardwell.web"
    label = "web"
