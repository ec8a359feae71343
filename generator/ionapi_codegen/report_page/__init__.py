"""The HTML report: one page that shows what an API holds and, of two, what changed and what it breaks."""

from ionapi_codegen.report_page.report import render, report

__all__ = ["render", "report"]
