// The service itself: it says that it is well, unless a file called `broken` lies beside its process id; then it ends at once.
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import process from "node:process";

const [port, pidFile] = process.argv.slice(2);
writeFileSync(pidFile, String(process.pid));
if (existsSync(join(dirname(pidFile), "broken"))) process.exit(1);
createServer((_, response) => response.end("well\n")).listen(Number(port), "127.0.0.1");
