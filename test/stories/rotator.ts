import { createSealer } from "../../src/store/seal.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";

// Wraps a store's keys anew in a process of its own, to be killed at any moment.

const [dir = "", from = "", to = ""] = process.argv.slice(2);
const whole = wholeEmbedded(dir, Buffer.from(from, "hex"));
process.stdout.write(`${createSealer(Buffer.from(to, "hex")).keyId}\n`);
await whole.alone(() => whole.rewrap(Buffer.from(to, "hex")));
process.stdout.write("done\n");
