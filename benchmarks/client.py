"""What a generated client costs: import, construction, first call, each call, decoding and encoding.

    python benchmarks/client.py

generates a package of 1,000 operations in 60 groups, measures each figure in fresh processes (CPU seconds, medians of
nine) beside the same work without the client, and prints a table with the limit that the project sets itself. Of the
work on JSON, which is repeated in one process, each side counts with its fastest run. Exits 1 where a figure is over its
limit.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from synthetic import document

RUNS = 9

SETUP = """
import time, sys, json, gc
cpu = time.process_time
def answer(request):
    return httpx2.Response(200, json={"thingId": "1", "name": "n", "state": "NEW"})
"""

IMPORT = """
import httpx2
start = cpu(); import big; print(cpu() - start)
"""

CONSTRUCT = """
import httpx2, big
text = open(sys.argv[1]).read()
transport = httpx2.MockTransport(answer)
start = cpu(); client = big.Client(credentials=big.Credentials.from_text(text), transport=transport); print(cpu() - start)
"""

CONSTRUCT_WITHOUT_TRANSPORT = """
import httpx2, big
text = open(sys.argv[1]).read()
start = cpu(); client = big.Client(credentials=big.Credentials.from_text(text)); print(cpu() - start)
"""

FIRST_CALL = """
import httpx2, big
client = big.Client(auth=None, transport=httpx2.MockTransport(answer))
bare = httpx2.Client(transport=httpx2.MockTransport(answer))
start = cpu(); bare.get("https://synthetic.example/v1/x").json(); plain = cpu() - start
start = cpu(); client.group_0.get_thing0("1", page_size=3).name; print(cpu() - start - plain)
"""

EACH_CALL = """
import httpx2, big
class Token:
    count = 0
def answers(request):
    if request.url.path.endswith("token.oauth2"):
        return httpx2.Response(200, json={"access_token": "t", "expires_in": 7200, "token_type": "Bearer"})
    return reply
reply = httpx2.Response(200, content=b'{"thingId":"1","name":"n","state":"NEW"}', headers={"content-type": "application/json"})
transport = httpx2.MockTransport(answers)
credentials = big.Credentials.from_text(open(sys.argv[1]).read())
client = big.Client(credentials=credentials, transport=transport, base_url="https://synthetic.example/v1")
bare = httpx2.Client(transport=transport, headers={"authorization": "Bearer t", "x-company": "7"})
call = client.group_0.get_thing0
def ours(n):
    start = cpu()
    for _ in range(n):
        call("1", page_size=3, x_company="7")
    return cpu() - start
def theirs(n):
    start = cpu()
    for _ in range(n):
        json.loads(bare.get("https://synthetic.example/v1/group0/things0/1?pageSize=3").content)
    return cpu() - start
ours(300); theirs(300)
differences = sorted(ours(400) - theirs(400) for _ in range(9))
print(differences[4] / 400)
"""

DECODE = """
import httpx2, big
from big import models
def at(i):
    return f"2026-03-{i % 28 + 1:02}T08:{i % 60:02}:{i % 59:02}.{i % 1000:03}Z"
things = [{"thingId": f"T{i:06}", "name": f"Thing number {i}", "state": "OPEN", "createdAt": at(i), "changedAt": None if i % 3 else at(i + 7),
  "count": i, "labels": ["red", "green"], "parts": [{"sku": f"S{j}", "quantity": j, "price": 1.5 * j} for j in range(3)]} for i in range(3200)]
text = json.dumps(things, separators=(",", ":")).encode()
from big._runtime.codecs import decode_json, encode_json, codec
from big.models import Thing0
listed = codec(list[Thing0])
def best(work, n=15):
    times = []
    for _ in range(n):
        gc.collect(); gc.disable(); start = cpu(); work(); times.append(cpu() - start); gc.enable()
    return min(times)
def touch(values):
    for v in values:
        v.thing_id; v.name; v.state; v.created_at; v.changed_at; v.count; v.labels
        for p in v.parts:
            p.sku; p.quantity; p.price
    return values
plain = best(lambda: json.loads(text))
dumped = best(lambda: json.dumps(things))
untouched = decode_json(text, listed)
touched = touch(decode_json(text, listed))
built = [Thing0(thing_id=v.thing_id, name=v.name, state=v.state, created_at=v.created_at, changed_at=v.changed_at, count=v.count, labels=v.labels,
  parts=[big.models.Part0(sku=p.sku, quantity=p.quantity, price=p.price) for p in v.parts]) for v in touched]
sparse = [Thing0(thing_id=v.thing_id, name=v.name, state=v.state, count=v.count, parts=[big.models.Part0(sku=p.sku) for p in v.parts])
  for v in touched]
assert json.loads(encode_json(touched)) == things
plain_sparse = json.loads(encode_json(sparse))
dumped_sparse = best(lambda: json.dumps(plain_sparse))
print(json.dumps({
  "bytes": len(text),
  "json.loads": plain, "json.dumps": dumped,
  "decode": best(lambda: decode_json(text, listed)) / plain,
  "decode and read every field": best(lambda: touch(decode_json(text, listed))) / plain,
  "decode strictly": best(lambda: decode_json(text, listed, strict=True)) / plain,
  "encode what was received": best(lambda: encode_json(untouched)) / dumped,
  "encode what was received and read": best(lambda: encode_json(touched)) / dumped,
  "encode what was built": best(lambda: encode_json(built)) / dumped,
  "encode what was built in part": best(lambda: encode_json(sparse)) / dumped_sparse,
}))
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "big.json").write_text(json.dumps(document(1_000, 60)), "utf-8")
        subprocess.run(
            [
                sys.executable,
                "-m",
                "ionapi_codegen",
                "generate",
                "big.json",
                "--package",
                "big",
                "--output",
                ".",
            ],
            cwd=work,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        ionapi = Path(__file__).parent.parent / "specs" / "demo.ionapi"

        # A user's interpreter keeps its bytecode.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

        def measure(program: str) -> list[str]:
            command = [sys.executable, "-c", SETUP + program, str(ionapi)]
            return [
                subprocess.run(
                    command, cwd=work, env=environment, check=True, capture_output=True, text=True
                ).stdout
                for _ in range(RUNS + 1)
            ][1:]

        def median(program: str) -> float:
            return statistics.median(float(text) for text in measure(program))

        rows = [
            ("import, above httpx2's own (ms)", median(IMPORT) * 1e3, 5.0),
            ("Client() with a transport given (ms)", median(CONSTRUCT) * 1e3, 10.0),
            ("Client() (ms)", median(CONSTRUCT_WITHOUT_TRANSPORT) * 1e3, 10.0),
            ("first call, above httpx2's own (ms)", median(FIRST_CALL) * 1e3, 15.0),
            ("each call, above httpx2's own (µs)", median(EACH_CALL) * 1e6, 20.0),
        ]
        shares = [json.loads(text) for text in measure(DECODE)[:5]]
        limits = {
            "decode": 2.0,
            "decode and read every field": None,
            "decode strictly": None,
            "encode what was received": 2.0,
            "encode what was received and read": 2.0,
            "encode what was built": 2.0,
            "encode what was built in part": 2.0,
        }
        rows += [
            (f"{name} (times json)", statistics.median(share[name] for share in shares), limit)
            for name, limit in limits.items()
        ]
    late = 0
    for name, figure, limit in rows:
        verdict = "" if limit is None else f"limit {limit:g}" + ("" if figure <= limit else "  OVER")
        late += verdict.endswith("OVER")
        sys.stdout.write(f"{name:45} {figure:8.2f}  {verdict}\n")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
