import type { Addressee, Directory, Surroundings, Vocabulary } from "./context.js";

/** Something that was asked: what would be answered elsewhere, as a text. */
interface Question {
  readonly ask: (around: Surroundings) => string | undefined;
  readonly answer: string | undefined;
}

/**
 * What a domain asks of what is around it while it is looked at, with the answers. As long as all would be answered alike, the same
 * would be found in the domain, whatever else has changed ("verifying traces"; Mokhov, Mitchell and Peyton Jones, Build Systems à
 * la Carte, 2018).
 */
export class Inquiry implements Surroundings {
  readonly vocabulary: Vocabulary;
  readonly domains: Directory<Addressee>;
  readonly #questions = new Map<string, Question>();
  #around: Surroundings | null;

  /** @param around who is asked until the inquiry is over */
  constructor(around: Surroundings) {
    this.#around = around;
    const { vocabulary, domains } = this.#asking();
    this.vocabulary = vocabulary;
    this.domains = domains;
  }

  parametersOf(effect: string) {
    return this.#asked(`parameters of ${effect}`, ({ parametersOf }) => parametersOf(effect), textOf);
  }

  /** Ends the inquiry: questions and answers are kept, and not who was asked, who knows of whole files. */
  end(): void {
    this.#around = null;
  }

  /** Says whether everything that was asked would be answered alike. */
  isAnsweredAlike(around: Surroundings): boolean {
    for (const { ask, answer } of this.#questions.values()) if (ask(around) !== answer) return false;
    return true;
  }

  #asking(): Pick<Surroundings, "vocabulary" | "domains"> {
    const asked = <T>(what: string, ask: (around: Surroundings) => T) => this.#asked(what, ask, textOf);
    const vocabulary: Vocabulary = {
      constant: (name) => asked(`constant ${name}`, (around) => around.vocabulary.constant(name)),
      type: (name) => asked(`type ${name}`, (around) => around.vocabulary.type(name)),
      hasConstant: (name) => asked(`has constant ${name}`, (around) => around.vocabulary.hasConstant(name)),
      hasType: (name) => asked(`has type ${name}`, (around) => around.vocabulary.hasType(name)),
      get constants() {
        return asked("constants", (around) => around.vocabulary.constants);
      },
      get types() {
        return asked("types", (around) => around.vocabulary.types);
      },
    };
    const domains: Directory<Addressee> = {
      get: (name) => this.#asked(`domain ${name}`, (around) => around.domains.get(name), messagesText),
      get names() {
        return asked("domains", (around) => around.domains.names);
      },
    };
    return { vocabulary, domains };
  }

  #asked<T>(what: string, ask: (around: Surroundings) => T, text: (answer: T) => string | undefined): T {
    if (this.#around === null) throw new Error("the inquiry is over");
    const answer = ask(this.#around);
    if (!this.#questions.has(what)) this.#questions.set(what, { ask: (around) => text(ask(around)), answer: text(answer) });
    return answer;
  }
}

function textOf(answer: unknown): string | undefined {
  return JSON.stringify(answer);
}

/** Gives what a domain shows to those who send to it. */
function messagesText(domain: Addressee | null | undefined): string | undefined {
  return domain ? JSON.stringify([domain.name, ...domain.messages]) : textOf(domain);
}
