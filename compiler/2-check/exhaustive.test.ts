// Where a new construct has to be thought of: each list names the files that fail to compile once there is one kind more of something.
// Whoever adds a kind goes through them. What walks by `traverse.ts` is not among them: it is right as soon as that is.
import { expect, it } from "vitest";
import { type Change, ProjectCopy } from "../testing/project-copy.js";

const project = new ProjectCopy();

/** Adds a member to a union, with the declaration of what it is called: `Novel`. */
function joining(union: string, novel: string): Change {
  return (text) =>
    text.replace(`export type ${union} =`, `${novel}\nexport type ${union} = Novel | Old${union};\ntype Old${union} =`);
}

/** Puts a text behind another. */
function behind(anchor: string, added: string): Change {
  return (text) => text.replace(anchor, anchor + added);
}

const node = 'interface Novel extends Node { readonly kind: "novel" }';

// It is the whole project that is compiled here, once for all.
it("finds nothing in the project as it is", () => {
  expect(project.failing()).toEqual([]);
});

it("makes one think of a new kind of statement where it is read and checked", () => {
  expect(project.failingWith("compiler/1-parse/statement.ts", joining("StatementNode", node))).toMatchInlineSnapshot(`
    [
      "compiler/2-check/statement.ts",
      "compiler/editor/format/statement.ts",
      "compiler/testing/arbitrary-program.ts",
      "compiler/testing/evaluator.ts",
    ]
  `);
});

it("makes one think of a new kind of expression where it is read and checked", () => {
  expect(project.failingWith("compiler/1-parse/expression.ts", joining("ExpressionNode", node))).toMatchInlineSnapshot(`
    [
      "compiler/2-check/expression.ts",
      "compiler/editor/format/expression.ts",
      "compiler/testing/evaluator.ts",
    ]
  `);
});

it("makes one think of a new kind of type", () => {
  expect(project.failingWith("compiler/1-parse/type.ts", joining("TypeNode", node))).toMatchInlineSnapshot(`
    [
      "compiler/2-check/type.ts",
      "compiler/editor/format/type.ts",
    ]
  `);
});

it("makes one think of a new member of a domain where it is read and checked", () => {
  expect(project.failingWith("compiler/1-parse/domain.ts", joining("MemberNode", node))).toMatchInlineSnapshot(`
    [
      "compiler/1-parse/domain.ts",
      "compiler/1-parse/file.ts",
      "compiler/2-check/domain.ts",
      "compiler/editor/format/domain.ts",
    ]
  `);
});

it.each(["transition", "goal"])("makes one think of a new clause of a %s where it is read", (construct) => {
  const file = `compiler/1-parse/${construct}.ts`;
  const change: Change = (text) => `${text.replace("type ClauseNode =", "type ClauseNode = Novel |")}\n${node}`;
  expect(project.failingWith(file, change)).toEqual([file]);
});

it.each(["file", "domain", "goal", "transition"])("makes one think of a new list of a %s where it is printed", (construct) => {
  const kind = `readonly kind: "${construct}";`;
  const change: Change = (text) => `${text.replace(kind, `${kind} readonly novels: readonly Novel[];`)}\n${node}`;
  const failing = project.failingWith(`compiler/1-parse/${construct}.ts`, change);
  expect(failing).toContain(`compiler/editor/format/${construct}.ts`);
});

it("makes one think of a new kind of checked statement wherever a step is walked, printed or explained", () => {
  const novel = 'interface Novel { readonly kind: "novel"; readonly span: Span; readonly remarks: Remarks }';
  expect(project.failingWith("compiler/2-check/program.ts", joining("Statement", novel))).toMatchInlineSnapshot(`
    [
      "compiler/2-check/report-idle-steps.ts",
      "compiler/2-check/report-saturation.ts",
      "compiler/2-check/traverse.ts",
      "compiler/2-check/usage.ts",
      "compiler/3-emit/guard.ts",
      "compiler/3-emit/plan.ts",
      "compiler/3-emit/step.ts",
      "compiler/5-verify/domain/order.ts",
      "compiler/5-verify/report/reasons.ts",
    ]
  `);
});

it("makes one think of a new kind of checked expression wherever one is walked, printed, worked out or explained", () => {
  const novel = 'interface Novel extends Typed { readonly kind: "novel" }';
  expect(project.failingWith("compiler/2-check/program.ts", joining("Expression", novel))).toMatchInlineSnapshot(`
    [
      "compiler/2-check/bounds.ts",
      "compiler/2-check/canonical.ts",
      "compiler/2-check/facts.ts",
      "compiler/2-check/traverse.ts",
      "compiler/3-emit/expression.ts",
      "compiler/5-verify/environment/payload.ts",
      "compiler/5-verify/environment/strings.ts",
      "compiler/5-verify/report/reasons.ts",
    ]
  `);
});

it("makes one think of a new list of a checked domain where it is made, walked and printed", () => {
  const change = behind("export interface Domain extends Declared {", "\n  readonly novels: readonly Invariant[];");
  expect(project.failingWith("compiler/2-check/program.ts", change)).toMatchInlineSnapshot(`
    [
      "compiler/2-check/domain.ts",
      "compiler/2-check/traverse.ts",
      "compiler/3-emit/domain.ts",
    ]
  `);
});

it("makes one think of new bodies beside steps and handlers", () => {
  const change = behind(
    '| { readonly kind: "step"; readonly owner: Transition }',
    '| { readonly kind: "novel"; readonly owner: Transition }',
  );
  expect(project.failingWith("compiler/2-check/traverse.ts", change)).toMatchInlineSnapshot(`
    [
      "compiler/2-check/report-overwritten-handlers.ts",
      "compiler/3-emit/plan.ts",
    ]
  `);
});

it("makes one think of a new kind of input of the kernel", () => {
  const novel = 'interface Novel { readonly type: "novel"; readonly now: number }';
  expect(project.failingWith("runtime-lib/kernel/event.ts", joining("Input", novel))).toMatchInlineSnapshot(`
    [
      "compiler/testing/naive-verifier.ts",
      "runtime-lib/host/host.ts",
      "runtime-lib/journal/history.ts",
      "runtime-lib/journal/record.ts",
      "runtime-lib/kernel/react.ts",
    ]
  `);
});

it("makes one think of a new kind of move where a story is told and played", () => {
  const change = behind("export type Happening<T = string> =", '\n  | { readonly kind: "novel"; readonly transition: T }');
  expect(project.failingWith("runtime-lib/simulate/cue.ts", change)).toMatchInlineSnapshot(`
    [
      "compiler/5-verify/domain/domain-model.ts",
      "compiler/5-verify/domain/story-teller.ts",
      "compiler/5-verify/report/waits.ts",
      "runtime-lib/simulate/stage.ts",
    ]
  `);
});
