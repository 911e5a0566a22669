"""Asks a server what stands as JSON on the input, with the official client, and prints what it answers."""

import asyncio
import json
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp_types import ElicitResult


def plain(result):
    return result.model_dump(mode="json", by_alias=True, exclude_none=True)


async def ask(client, call):
    what, rest = call[0], call[1:]
    try:
        if what == "tools":
            return plain(await client.list_tools())
        if what == "call":
            return plain(await client.call_tool(rest[0], rest[1]))
        if what == "resources":
            return plain(await client.list_resources())
        if what == "templates":
            return plain(await client.list_resource_templates())
        if what == "read":
            return plain(await client.read_resource(rest[0]))
        if what == "server":
            return {"version": client.protocol_version, "instructions": client.instructions}
    except MCPError as error:
        return {"protocol_error": error.error.message, "code": error.error.code}
    raise ValueError(what)


async def main():
    asked = json.load(sys.stdin)
    questions = []

    async def elicited(_context, params):
        questions.append(params.message)
        if asked["confirms"]:
            return ElicitResult(action="accept", content={"confirm": True})
        return ElicitResult(action="decline")

    http = None
    if "url" in asked:
        http = httpx2.AsyncClient(headers=asked["headers"], timeout=600)
        server = streamable_http_client(asked["url"], http_client=http)
    else:
        server = StdioServerParameters(command=asked["command"], args=asked["arguments"], env=asked["environment"])
    callback = elicited if asked.get("confirms") is not None else None
    answers = []
    async with Client(server, mode=asked.get("mode", "auto"), elicitation_callback=callback) as client:
        for call in asked["calls"]:
            # What a call before has answered.
            if call[0] == "confirm":
                token = answers[-1]["structuredContent"]["confirm"]
                call = ["call", call[1], {**call[2], "confirm": token}]
            answers.append(await ask(client, call))
    if http is not None:
        await http.aclose()
    print(json.dumps({"answers": answers, "questions": questions}))


asyncio.run(main())
