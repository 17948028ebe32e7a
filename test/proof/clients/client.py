"""Converts a file by Python's http.client: client.py URL FILE RESULT"""
import json
import os
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

url, file, result = sys.argv[1:]
connection = HTTPConnection(urlsplit(url).netloc)


def ask(method, path, body=None, headers={}):
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


with open(file, "rb") as source:
    head = f'--limit\r\nContent-Disposition: form-data; name="file"; filename="{os.path.basename(file)}"\r\n\r\n'
    form = head.encode() + source.read() + b"\r\n--limit--\r\n"
answer, body = ask("POST", "/api/jobs", form, {"Content-Type": "multipart/form-data; boundary=limit"})
if answer.status != 202:
    sys.exit(f"refused: {answer.status} {body!r}")
version = answer.version / 10

job = json.loads(body)
while job["state"] in ("queued", "running"):
    time.sleep(0.2)
    job = json.loads(ask("GET", job["statusUrl"])[1])
if job["state"] != "completed":
    sys.exit(f"it is {job}")

answer, body = ask("GET", job["resultUrl"])
if answer.status != 200:
    sys.exit(f"no result: {answer.status} {body!r}")
with open(result, "wb") as target:
    target.write(body)
print(f"202 by HTTP/{version}, {len(body)} bytes")
