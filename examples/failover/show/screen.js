import process from "node:process";
import * as util from "node:util";
import { wrap } from "./wrap.js";

/** Where nobody knows how wide it is, and what prose is kept to. In columns. */
const defaultWidth = 80;
const indent = "  ";
const gutter = "   ";

/** For how long a line stands alone before the next, in ms, where somebody reads along. */
const beat = { command: 400, line: 40, character: 8, chapter: 500 };

/** What is written, how wide, in which colours and how fast. */
export class Screen {
  #out;
  #paint;
  #pause;
  #isAtGap = false;

  /** @param pause waits for so many ms, or does not */
  constructor(out, pause) {
    this.#out = out;
    this.#pause = pause;
    const { NO_COLOR } = process.env;
    const isColoured = out.isTTY && !NO_COLOR && typeof util.styleText === "function";
    this.#paint = isColoured ? util.styleText : (_, text) => text;
  }

  /** In columns. */
  get width() {
    return this.#out.columns ?? defaultWidth;
  }

  /** Prints a heading, and what is about to happen. */
  async chapter(title, text) {
    await this.#pause(beat.chapter);
    this.#gap();
    this.#write(this.#paint("bold", title));
    await this.#prose(text);
    this.#gap();
  }

  /** Prints prose of its own. */
  async say(text) {
    this.#gap();
    await this.#prose(text);
  }

  /** Stays alone for as long as it takes to read it. */
  async #prose(text) {
    this.#write(...wrap(indent + text, Math.min(this.width, defaultWidth), indent.length));
    await this.#pause(text.length * beat.character);
  }

  /** Prints a command that is about to be run. */
  async command(line) {
    this.#gap();
    const parts = wrap(`${indent}$ ${line}`, this.width - " \\".length, indent.length + 4);
    this.#write(...parts.map((part, index) => this.#paint("bold", index < parts.length - 1 ? `${part} \\` : part)));
    await this.#pause(beat.command);
  }

  /** Prints what a command printed. */
  async output(lines, colourOf = () => null) {
    for (const line of lines) {
      this.outputLine(line, colourOf(line));
      await this.#pause(beat.line);
    }
  }

  outputLine(line, colour = null) {
    const hang = indent.length + line.search(/\S|$/) + 2;
    this.#write(...wrap(indent + line, this.width, hang).map((part) => (colour === null ? part : this.#paint(colour, part))));
  }

  /** Names with what is said of each, one below the other. */
  async table(rows) {
    const names = Math.max(...rows.map(([name]) => name.length));
    this.#gap();
    for (const [name, text] of rows) {
      const [first, ...more] = wrap(`${indent}${name.padEnd(names)}  ${text}`, this.width, indent.length + names + 2);
      this.#write(first.replace(name, this.#paint("dim", name)), ...more);
      await this.#pause(beat.line);
    }
    this.#gap();
  }

  /** Prints code beside code where there is room for both, and else one below the other. Each with a caption. */
  async sideBySide(left, right) {
    const [leftWidth, rightWidth] = [left, right].map(({ caption, lines }) => longest([caption, ...lines]));
    const room = this.width - leftWidth - rightWidth - gutter.length;
    if (room < 0) {
      for (const { caption, lines } of [left, right]) await this.#code(caption, lines);
      return;
    }
    const rows = Array.from({ length: Math.max(left.lines.length, right.lines.length) }, (_, row) =>
      `${(left.lines[row] ?? "").padEnd(leftWidth)}${gutter}${right.lines[row] ?? ""}`.trimEnd(),
    );
    await this.#code(left.caption.padEnd(leftWidth) + gutter + right.caption, rows);
  }

  /** Prints code as it stands: it gives up its margin before it is broken. */
  async #code(caption, lines) {
    const margin = indent.slice(0, Math.max(0, this.width - longest(lines)));
    this.#write(margin + this.#paint("dim", caption));
    for (const line of lines) {
      this.#write(...wrap(margin + line, this.width, margin.length + line.search(/\S|$/) + 2));
      await this.#pause(beat.line);
    }
    this.#gap();
  }

  /** Prints a line of a log: when, a label in a colour, and what happened. */
  log(seconds, label, colour, text) {
    const head = `${indent}${seconds.toFixed(2).padStart(5)} s  ${label.padEnd(9)}  `;
    const [first, ...more] = wrap(head + text, this.width, head.length);
    const painted = `${indent}${this.#paint("dim", `${seconds.toFixed(2).padStart(5)} s`)}  ${this.#paint(colour, label.padEnd(9))}`;
    this.#write(painted + first.slice(head.length - 2), ...more);
  }

  /** Prints one empty line, however many ask for it. */
  #gap() {
    if (!this.#isAtGap) this.#write("");
    this.#isAtGap = true;
  }

  #write(...lines) {
    this.#out.write(`${lines.join("\n")}\n`);
    this.#isAtGap = false;
  }
}

function longest(lines) {
  return Math.max(...lines.map((line) => line.length));
}
