import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { Directory } from "../../../src/knowledge/agency.ts";
import { CalendarYear } from "../../../src/knowledge/calendar.ts";
import { Examples } from "../../../src/knowledge/example.ts";
import { Limits } from "../../../src/knowledge/limits.ts";
import { KnowledgeError, loadKnowledge } from "../../../src/knowledge/load.ts";
import { Procedure } from "../../../src/knowledge/procedure.ts";
import { type Fault, parseYaml, yamlFiles } from "../../../src/knowledge/read-yaml.ts";
import { Rule } from "../../../src/knowledge/rule.ts";
import { readContacts } from "../../../src/outbox/contacts.ts";
import { lightCopy } from "../../../test/stories/build.ts";
import type { Seeded } from "../../bench/seeded.ts";
import { mutated } from "./nasty.ts";
import { type Target, Wrong } from "./target.ts";

const KNOWLEDGE = fileURLToPath(new URL("../../../knowledge", import.meta.url));
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  procedures: Procedure,
  rules: Rule,
  calendar: CalendarYear,
  examples: Examples,
};
const MANY = 10;

/** Files of one form, with a few letters changed. */
export const yaml: Target = {
  name: "yaml",
  open: async () => {
    const files: { text: string; schema: z.ZodType }[] = [];
    for (const [folder, schema] of Object.entries(SCHEMAS))
      for (const file of yamlFiles(join(KNOWLEDGE, folder)).slice(0, 20))
        files.push({ text: await readFile(file, "utf8"), schema });
    files.push({ text: await readFile(join(KNOWLEDGE, "limits.yaml"), "utf8"), schema: Limits });
    files.push({ text: await readFile(join(KNOWLEDGE, "agencies/da-nang.yaml"), "utf8"), schema: Directory });
    return {
      attempt: (random) => {
        for (let left = MANY; left > 0; left--) {
          const { text, schema } = random.pick(files);
          const faults: Fault[] = [];
          const read = parseYaml(mutated(text, random), "a.yaml", schema, faults);
          if (!read && faults.length === 0) throw new Wrong("a file was refused without a fault");
          expectTold(faults);
        }
        return Promise.resolve(MANY);
      },
      close: () => Promise.resolve(),
    };
  },
};

/** The whole knowledge with one file spoiled: it is loaded, or every fault is told with file and line. */
export const knowledge: Target = {
  name: "knowledge",
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), "motcua-fuzz-"));
    const root = join(folder, "knowledge");
    await lightCopy(root);
    const files = yamlFiles(root);
    return {
      // Hundreds of files in one unit.
      hangMs: 5_000,
      attempt: async (random) => {
        const file = random.pick(files);
        const good = await readFile(file);
        try {
          await writeFile(file, spoiledBytes(good, random));
          loadKnowledge(root);
        } catch (error) {
          if (!(error instanceof KnowledgeError))
            throw new Wrong(`${relative(root, file)}: ${String(error)}`);
          expectTold(error.faults);
        } finally {
          await writeFile(file, good);
        }
        return 1;
      },
      close: () => rm(folder, { recursive: true }),
    };
  },
};

const CONTACTS = `so-noi-vu:
  - { channel: telegram, chat: "-1001234567890" }
  - { channel: email, to: "tiepnhan@example.gov.vn" }
  - { channel: webhook, url: "https://agency.example/complaints", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
dieu-phoi:
  - { channel: webhook, url: "http://127.0.0.1:9090/coordinator", secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] }
`;
const AGENCIES = new Set(["so-noi-vu", "dieu-phoi"]);

/** CONTACTS_FILE: every fault is told, and no secret with it. */
export const contacts: Target = {
  name: "contacts",
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), "motcua-fuzz-"));
    const file = join(folder, "contacts.yaml");
    return {
      attempt: async (random) => {
        for (let left = MANY; left > 0; left--) {
          await writeFile(file, mutated(CONTACTS, random));
          const { contacts: read, faults } = readContacts(file, AGENCIES);
          read.contactsOf("__proto__");
          expectTold(faults);
          if (faults.some(({ problem }) => problem.includes("MfKQ9r8GKYqrTwjUPD8ILPZIo2")))
            throw new Wrong("a fault tells a secret");
        }
        return MANY;
      },
      close: () => rm(folder, { recursive: true }),
    };
  },
};

function expectTold(faults: readonly Fault[]): void {
  for (const { line, problem } of faults)
    if (!(line >= 1) || problem.trim() === "")
      throw new Wrong("a fault is told without its line or what is wrong");
}

function spoiledBytes(good: Buffer, random: Seeded): Uint8Array {
  if (random.next() < 0.7) return Buffer.from(mutated(good.toString(), random));
  const bytes = Buffer.from(good);
  for (let left = 1 + random.below(8); left > 0 && bytes.length > 0; left--)
    bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
