"""The kit that every screen is made of: frozen descriptions of what is shown, each with one template."""

from wardwell.web.components.chart import Chart
from wardwell.web.components.component import Component
from wardwell.web.components.events import Event, Events
from wardwell.web.components.fields import (
    Choice,
    Choices,
    Confirmation,
    Day,
    Field,
    Hidden,
    LongText,
    Option,
    Text,
    UnableToRead,
    Upload,
    WholeNumber,
)
from wardwell.web.components.form import Answers, FilledForm, Form
from wardwell.web.components.links import Link, Verb
from wardwell.web.components.map import Area, Map, MapClass
from wardwell.web.components.notice import Caution, Empty, Inset, Notice
from wardwell.web.components.page import Page, Panel
from wardwell.web.components.pagination import Pagination
from wardwell.web.components.prose import Bullets, Details, Paragraph
from wardwell.web.components.rendering import csv_response, render_page, render_public_page
from wardwell.web.components.showing import shown
from wardwell.web.components.summary import Fact, Facts, Summary, SummaryRow
from wardwell.web.components.table import Column, FilledTable, Table
from wardwell.web.components.tag import Tag
from wardwell.web.components.tasks import Task, Tasks
from wardwell.web.components.thread import Step, Thread
from wardwell.web.components.words import Kind, printed

__all__ = [
    "Answers",
    "Area",
    "Bullets",
    "Caution",
    "Chart",
    "Choice",
    "Choices",
    "Column",
    "Component",
    "Confirmation",
    "Day",
    "Details",
    "Empty",
    "Event",
    "Events",
    "Fact",
    "Facts",
    "Field",
    "FilledForm",
    "FilledTable",
    "Form",
    "Hidden",
    "Inset",
    "Kind",
    "Link",
    "LongText",
    "Map",
    "MapClass",
    "Notice",
    "Option",
    "Page",
    "Pagination",
    "Panel",
    "Paragraph",
    "Step",
    "Summary",
    "SummaryRow",
    "Table",
    "Tag",
    "Task",
    "Tasks",
    "Text",
    "Thread",
    "UnableToRead",
    "Upload",
    "Verb",
    "WholeNumber",
    "csv_response",
    "printed",
    "render_page",
    "render_public_page",
    "shown",
]
