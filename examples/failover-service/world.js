// A world in one process: GET / shows it, PUT /pager mends the pager and DELETE /pager breaks it.
import { once } from "node:events";
import { createServer } from "node:http";

/** Opens the world on this machine; port 0 takes a free one. */
export async function world(port) {
  const state = { route: "primary", pager: "up", pages: [] };
  const server = createServer(async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
    const { method, url } = request;
    if (method === "GET" && url === "/") return answer(200, state);
    if (method === "PUT" && url?.startsWith("/route/")) state.route = url.slice("/route/".length);
    else if (method === "PUT" && url === "/pager") state.pager = "up";
    else if (method === "DELETE" && url === "/pager") state.pager = "down";
    else if (method === "POST" && url === "/pages") {
      if (state.pager === "down") return answer(503, { error: "the pager is down" });
      let text = "";
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
      const key = request.headers["idempotency-key"];
      if (!state.pages.some((page) => page.key === key)) state.pages.push({ key, ...JSON.parse(text) });
    } else return answer(404, { error: "there is no such thing in this world" });
    return answer(200, state);
  });
  server.listen(port, "127.0.0.1");
  // It lives no longer than the service.
  server.unref();
  await once(server, "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
