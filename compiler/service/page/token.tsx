import { useState } from "preact/hooks";
import { token, useToken } from "./api.js";

/** Asks for the token. */
export function TokenForm() {
  const [text, setText] = useState("");
  return (
    <main class="token">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          useToken(text.trim());
        }}
      >
        <h1>Token</h1>
        <p>{token.value === "" ? "This service wants to know that you may see it." : "That is not the token."}</p>
        <label for="token">The token of its configuration (`listen.token`, VEDC_TOKEN)</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit">Go on</button>
      </form>
    </main>
  );
}
