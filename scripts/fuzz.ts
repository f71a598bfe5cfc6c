/**
 * Tries bad inputs on everything that takes any: `npx tsx scripts/fuzz.ts --seed 7 [--scale 1] [--only HTTP] [--unit N]`.
 * Exit code 1 when one did harm.
 */
import { parseArgs } from "node:util";
import { fuzz } from "./load/fuzz/fuzz.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    scale: { type: "string", default: "1" },
    only: { type: "string", multiple: true },
    unit: { type: "string" },
  },
});
console.log(`seed ${values.seed}`);
const began = performance.now();
const { tried, faults } = await fuzz({
  seed: Number(values.seed),
  scale: Number(values.scale),
  ...(values.only && { only: values.only }),
  ...(values.unit && { unit: Number(values.unit) }),
  say: (line) => console.log(line),
});
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`${tried} inputs in ${seconds} s, ${faults.length} faults`);
for (const fault of faults) console.log(`  ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
