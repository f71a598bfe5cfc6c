/** The least a server can do: reads the message, answers JSON of the size given. Prints its address; ends on SIGTERM. */
import { createServer } from "node:http";

const [size = "1000"] = process.argv.slice(2);
const answer = (text: string): string =>
  JSON.stringify({ session: "x".repeat(40), messages: [{ id: "0", text, choices: [] }] });
const body = Buffer.from(answer("x".repeat(Math.max(0, Number(size) - answer("").length))));

const server = createServer((request, response) => {
  request.resume().once("end", () => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  const at = server.address();
  process.stdout.write(`http://127.0.0.1:${at !== null && typeof at === "object" ? at.port : 0}\n`);
});
process.once("SIGTERM", () => process.exit());
