/** Shows where to see it live, and how to take it apart with curl. */
export async function page({ screen }) {
  await screen.chapter("See it live", "The same program as a service, with a world to break with curl:");
  await screen.command("npx vedc run fixtures/failover.ved --config examples/failover-service/vedc.config.js");
  await screen.say("Its page is at http://localhost:7070/, and examples/failover-service/README.md says what to break first.");
}
