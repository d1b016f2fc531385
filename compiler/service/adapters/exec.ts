import { resolve } from "node:path";
import { OutcomeUnknown } from "../../../runtime-lib/errors.js";
import type { EffectDescription } from "../../2-check/description.js";
import type { ExecConfig } from "../config/schema.js";
import { type Adapter, type AdapterOptions, signalOf } from "./adapter.js";
import { type Ended, lastLine, runProcess } from "./process.js";
import { argumentsOf, fill, templateValues } from "./template.js";
import { valueOfText } from "./value.js";

/**
 * Carries an effect out by a program, without a shell: the arguments in its command line where `{name}` stands for them, and all
 * as JSON on its standard input; the idempotency key also as `VED_IDEMPOTENCY_KEY`.
 */
export function execAdapter(effect: EffectDescription, config: ExecConfig, { folder, redact }: AdapterOptions): Adapter {
  const { command, cwd = ".", env } = config;
  return async (args, call) => {
    const values = templateValues(effect, args, call);
    const { key, attempt, domain, instance } = call;
    const request = { effect: effect.name, key, attempt, domain, instance, arguments: argumentsOf(effect, args) };
    const ended = await runProcess({
      command: command.map((text) => fill(text, values)),
      cwd: resolve(folder, cwd),
      env: { ...env, VED_IDEMPOTENCY_KEY: key },
      stdin: `${JSON.stringify(request)}\n`,
      signal: signalOf(call),
    });
    return outcomeOf(ended, effect, config, redact);
  };
}

/** Gives what a program wrote, where a handler asks for it. @throws for a program that did not end well */
function outcomeOf(
  ended: Ended,
  { returns }: EffectDescription,
  { command, done, failed, unknown }: ExecConfig,
  redact: (text: string) => string,
): unknown {
  const { code, killedBy, stdout } = ended;
  if (code !== null && done.includes(code)) return returns === null ? undefined : valueOfText(stdout, returns);
  const said = lastLine(ended, redact);
  const end = code === null ? `was killed by ${killedBy}` : `ended with ${code}`;
  const reason = `${command[0]} ${end}${said === "" ? "" : `: ${said}`}`;
  // What was killed may have done its work before. Who lists what has failed means only that.
  const isOpen = code === null || unknown.includes(code) || (failed !== undefined && !failed.includes(code));
  throw isOpen ? new OutcomeUnknown(reason) : new Error(reason);
}
