"""What two descriptions of an API differ in, told for those who call it."""

from ionapi_codegen.changes.compare import compare
from ionapi_codegen.changes.json_form import as_json
from ionapi_codegen.changes.model import Breaks, Change, Described, Level, Side

__all__ = ["Breaks", "Change", "Described", "Level", "Side", "as_json", "compare"]
