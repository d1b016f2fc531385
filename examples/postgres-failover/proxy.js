// The route: a TCP proxy that leads where it was told last. `PUT /route/primary` on its control port changes that, and cuts the
// connections that lead elsewhere; `nobody` refuses all.
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";

/** Opens the proxy. @param ports the ports behind it, by the names of the routes */
export async function openProxy(ports) {
  let route = "primary";
  const open = new Set();
  const proxy = createTcpServer((client) => {
    client.on("error", () => {});
    if (route === "nobody") return client.destroy();
    const server = connect(ports[route], "127.0.0.1");
    const pair = { client, server };
    open.add(pair);
    const end = () => {
      open.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
    client.pipe(server).pipe(client);
  });
  const control = createServer((request, response) => {
    const [, wanted] = /^\/route\/(primary|replica|nobody)$/.exec(request.url ?? "") ?? [];
    if (request.method !== "PUT" || wanted === undefined) return response.writeHead(404).end();
    if (wanted !== route) {
      route = wanted;
      for (const { client, server } of open) {
        client.destroy();
        server.destroy();
      }
    }
    response.writeHead(204).end();
  });
  for (const server of [proxy, control]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  return {
    port: proxy.address().port,
    url: `http://127.0.0.1:${control.address().port}`,
    get route() {
      return route;
    },
    close() {
      control.closeAllConnections();
      control.close();
      for (const { client } of open) client.destroy();
      proxy.close();
    },
  };
}
