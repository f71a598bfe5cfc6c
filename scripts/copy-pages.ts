/** Part of the build: the compiler leaves pages behind, the program reads them beside its code. */
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

const from = join("src", "http");
const to = join("dist", "http");
mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((file) => file.endsWith(".html")))
  copyFileSync(join(from, name), join(to, name));
