"""Reads everything from an engine by a client that was generated from its document.

Arguments: base URL. The generated package is `podium`, beside this file. What a model holds is
written out again and must be the JSON that was sent: nothing missing in the document, nothing else.
"""

import datetime
import json
import sys
import urllib.parse

from podium import Client
from podium.api.default import boards, explain, page, product
from podium.models.page_dimensions import PageDimensions
from podium.models.page_size import PageSize
from podium.models.problem import Problem

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
read = 0


def moments(value):
    """JSON with moments as moments: a client may write them otherwise."""
    if isinstance(value, dict):
        return {k: instant(v) if k == "asOf" else moments(v) for k, v in value.items()}
    return [moments(v) for v in value] if isinstance(value, list) else value


def instant(text):
    return text and datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def checked(answer, status):
    global read
    assert answer.status_code == status, (answer.status_code, answer.content)
    assert answer.parsed is not None, answer.content
    sent, kept = json.loads(answer.content), answer.parsed.to_dict()
    assert moments(sent) == moments(kept), (sent, kept)
    read += 1
    return answer.parsed


def walk(board, size, dimensions):
    asked, ids = {}, []
    while True:
        got = checked(
            page.sync_detailed(board, client=client, size=size, dimensions=dimensions, **asked), 200)
        ids += [item.product_id for item in got.items]
        if not got.next_:
            # The rank of what was recalled since the epoch stays empty.
            assert len(ids) == len(set(ids)) <= got.total, (board, size, ids)
            return ids
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(got.next_).query)
        asked = {"cursor": query["cursor"][0]}


def in_category(value):
    dimensions = PageDimensions()
    dimensions["category"] = value
    return dimensions


for known in checked(boards.sync_detailed(client=client), 200).boards:
    walks = [walk(known.board, size, PageDimensions()) for size in PageSize]
    assert all(ids == walks[0] for ids in walks)
    for dimension in known.dimensions:
        for value in dimension.values if dimension.parameter == "category" else []:
            walk(known.board, PageSize.VALUE_10, in_category(value))
    for product_id in walks[0]:
        checked(product.sync_detailed(product_id, client=client), 200)
        assert checked(explain.sync_detailed(known.board, product_id, client=client), 200).listed
    refused = page.sync_detailed(known.board, client=client, cursor="forged")
    assert isinstance(checked(refused, 400), Problem)

assert isinstance(checked(page.sync_detailed("nowhere", client=client), 404), Problem)
assert isinstance(checked(product.sync_detailed("nowhere", client=client), 404), Problem)
print(f"{read} answers, all as documented")
