"""The words by which documents show that a list comes in pages: names of parameters and of properties.

All are compared folded: lower case, letters and digits only. `page[size]`, `pageSize` and `page_size` are
one word.
"""

from __future__ import annotations

import re

from ionapi_codegen.ir.text import Text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SIZES = _words(
    "count itemsperpage limit max maxitems maxpagesize maxrecords maxresults pagelimit pagelength pagesize "
    "perpage resultsperpage rows size take top"
)
"""How many items a page holds."""

PAGES = _words("currentpage page pageindex pageno pagenr pagenum pagenumber")
OFFSETS = _words("from offset pageoffset skip start startat startindex startposition")
FROM_ZERO = _words("offset skip")
"""Offsets that need nobody to say that the first item has the number 0."""

CURSORS = _words(
    "after afterid continuationtoken continue cursor cursorafter marker nextcursor nextpagetoken nexttoken "
    "pageafter pagecursor pagetoken paginationtoken startingafter"
)

NEXT_CURSORS = _words(
    "continuationtoken cursornext endcursor nextafter nextcontinuationtoken nextcursor nextkey nextmarker "
    "nextpagecursor nextpagetoken nexttoken paginationtoken"
)
"""What leads on, wherever in an answer it stands."""

NESTED_CURSORS = _words("after continue next")
"""What leads on where it stands in one of `NOTES`."""

LAST_IDS = frozenset({"lastid"})
"""What leads on as long as the answer says that there is more."""

AFTER_ITEMS = _words("afterid startingafter")
"""Parameters that take the `id` of the last item where no property leads on."""

NEXT_PAGES = frozenset({"nextpage", "nextpagenumber"})
NEXT_OFFSETS = frozenset({"nextoffset"})
NEXT_LINKS = _words("nexthref nextlink nextpagelink nextpageuri nextpageurl nexturi nexturl odatanextlink")
NOTES = _words(
    "cursor cursors links listinfo listmeta listmetadata meta metadata next page pageinfo pagination paging "
    "paginationinfo responsemetadata"
)
"""Objects in an answer that tell of its pages."""

MORE = _words("hasmore hasmoreitems hasmorepages hasmoreresults hasnext hasnextpage more morepages")
PAGE_COUNTS = _words("numberofpages pagecount pages totalpagecount totalpages")
COUNTS = PAGE_COUNTS | _words(
    "count currentpage itemsperpage limit offset page pagenumber pagesize perpage recordcount "
    "recordstotal size skip startindex total totalcount totalelements totalitems totalrecords "
    "totalresults totalsize"
)
"""Numbers that tell of pages."""

ITEMS = _words(
    "collection content contents data docs edges elements entities entries hits items list members objects "
    "records resources response result results rows value values"
)
"""What documents call the items of a page."""

NOT_ITEMS = _words(
    "aggregations columns errors facets fields filters headers included links messages order orders orderby "
    "sort sorts warnings"
)
"""Arrays beside the items."""

ENVELOPES = _words("body collection content d data embedded payload page response result results")
"""Objects around the items."""

_SIGNS = re.compile(r"[\W_]+")


def folded(name: Text) -> str:
    """The name in lower case, letters and digits only.

    >>> folded(Text("page[size]")), folded(Text("@odata.nextLink"))
    ('pagesize', 'odatanextlink')
    """
    return _SIGNS.sub("", name.raw).lower()
