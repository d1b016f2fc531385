import { loadMembers } from "../../compiler/4-bundle/load.js";
import { programOf } from "../../compiler/testing/load.js";
import type { MailSetting } from "./mail-world.js";

/** Makes a world's setting of the text of a program: what it starts, or else one instance of each domain. */
export async function mailSetting(
  text: string,
  others: Pick<MailSetting, "library" | "mailbox" | "isLogged">,
): Promise<MailSetting> {
  const program = programOf(text);
  const { domains, definitions, starts } = await loadMembers(program, [program]);
  const own = domains.flatMap(({ domain }) => definitions[domain.name] ?? []);
  const all = starts.length > 0 ? starts : own.map(({ name }) => ({ domain: name, key: "default", state: {} }));
  return { definitions: own, starts: all, ...others };
}

/** A program with messages of every kind: several in one commit, to others and to itself, urgent ones and events. */
export const busyTalk = `
  system Main { start Boss start Worker start Clerk }
  domain Boss {
    state { left: int = 6, wish: int, noted: int, home: bool }
    goal Sent { predicate left <= wish }
    transition Send {
      step {
        if left > wish {
          send Worker Work(left)
          send Worker Note(left)
          send_high("Worker", "Note", left)
          send Clerk File(left)
          send Boss Note(left)
          left -= 1
        }
      }
    }
    on Note(job: int) { noted += 1 }
    on Event::Done { home = true }
  }
  domain Worker {
    state { done: int, noted: int, rested: bool }
    goal Rested { predicate rested || done < 3 }
    transition Work(job: int) { step { emit Use(job) done += 1 send Clerk Note(job) } }
    transition Rest { step { if !rested { emit Sleep() rested = true emit Broadcast(Event::Done) } } }
    transition Check(job: int) { cooldown 2s step { emit Look(job) } step { emit Use(job) noted += 1 } }
    on Note(job: int) { noted += job  if noted > 5 { send Worker Check(job) noted = 0 } }
  }
  domain Clerk {
    state { noted: int, filed: int }
    transition File(job: int) { step { emit Archive.Put(job) filed += 1 } }
    on Note(job: int) { noted += job  if job > 2 { send Worker Check(job) } }
    on Event::Done { filed = 0 }
  }`;

/** A program that sends an event between two messages, to one who has too much to do. */
export const eventTalk = `
  system Main { start B start A }
  domain A {
    state { wish: int, told: int }
    goal Told { predicate told >= wish }
    transition Tell {
      step {
        if told < wish {
          send B Work(told)
          emit Broadcast(Event::Up)
          send B Note
          told += 1
        }
      }
    }
  }
  domain B {
    state { done: int, heard: int }
    transition Work(job: int) { step { emit Use(job) done += 1 } }
    on Event::Up { heard += 1 }
    on Note { heard = (heard * 2) % 1000 }
  }`;
