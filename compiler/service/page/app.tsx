import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { visible } from "../../diagnostics/visible.js";
import type { ProgramView } from "../views.js";
import { askFor, isTokenWanted, token } from "./api.js";
import { Fleet } from "./fleet.js";
import { Header } from "./header.js";
import { Instance } from "./instance.js";
import { route } from "./route.js";
import { isLive } from "./stream.js";
import { TokenForm } from "./token.js";

function App() {
  const [program, setProgram] = useState<ProgramView | null>(null);
  const [trouble, setTrouble] = useState("");
  const { value: live } = isLive;
  useEffect(() => {
    askFor<ProgramView>("/api/program").then(
      (view) => {
        setProgram(view);
        setTrouble("");
      },
      (error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)),
    );
    // After a new start it may be another program.
  }, [token.value, live]);
  return (
    <>
      <Header program={program} />
      {isTokenWanted.value ? (
        <TokenForm />
      ) : program === null ? (
        <p class="loading">{visible(trouble) || "Loading…"}</p>
      ) : (
        <Shown program={program} />
      )}
      <footer>vedc {program?.version}</footer>
    </>
  );
}

function Shown({ program }: { program: ProgramView }) {
  const { value } = route;
  switch (value.view) {
    case "fleet":
      return <Fleet program={program} />;
    case "instance":
      return <Instance key={`${value.domain}/${value.key}`} program={program} domain={value.domain} name={value.key} />;
    default:
      return value satisfies never;
  }
}

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
