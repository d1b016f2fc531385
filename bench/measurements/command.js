// What a cold command takes, from its start to its end: milliseconds, milliseconds of user CPU, and bytes of memory. The first run is
// not counted; it leaves the files where the system has them at hand. Usage: node command.js <runs> <module> [argument…]
import process from "node:process";
import { cold } from "../cold.js";
import { medians } from "../median.js";

const [runs, ...command] = process.argv.slice(2);

cold(command);
const readings = Array.from({ length: Number(runs) }, () => cold(command));
process.stdout.write(`${JSON.stringify(medians(readings))}\n`);
