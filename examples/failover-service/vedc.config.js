// @ts-check
// The failover program as a service, with a toy world to play against: curl breaks it and mends it, see README.md.
import { defineConfig } from "vedc/config";
import { world } from "./world.js";

// A router and a pager that can be broken; a real configuration only names URLs.
const { url } = await world(7071);

export default defineConfig({
  effects: {
    "Network.UpdateDNS": { http: { method: "PUT", url: `${url}/route/{0}`, body: false }, timeout: "5s" },
    "Alerts.PageEngineers": {
      http: { url: `${url}/pages`, body: { message: "{0}" } },
      timeout: "5s",
      retry: { initial: "1s", max: "5s" },
    },
  },
});
