/**
 * Drafts a curated record from the imported catalogue, for a person to finish: npm run new:procedure -- CODE….
 * The facts are the catalogue's; what only a person can write is marked, and `motcua check` refuses the draft until then.
 * The procedure's phrasings move from knowledge/phrasings into it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import type { z } from "zod";
import { catalogueFile, readCatalogue } from "../src/catalogue/catalogue-file.ts";
import { createClock } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";
import { AgencyKinds } from "../src/knowledge/agency.ts";
import { dayInVietnam } from "../src/knowledge/calendar.ts";
import { dropEntry } from "../src/knowledge/edit-phrasings.ts";
import type { ImportedProcedure } from "../src/knowledge/imported-procedure.ts";
import { type Phrased, Phrasings } from "../src/knowledge/phrasings.ts";
import { Procedure } from "../src/knowledge/procedure.ts";
import { type Read, readYaml, yamlFiles } from "../src/knowledge/read-yaml.ts";
import { knowledgeDir } from "../src/live-guide.ts";
import { fold } from "../src/text/fold.ts";

const { values, positionals: codes } = parseArgs({
  options: { folder: { type: "string", default: "drafts" } },
  allowPositionals: true,
});
if (codes.length === 0 || !codes.every((code) => /^\d\.\d{6}$/.test(code)))
  fail("usage: npm run new:procedure -- CODE… [--folder FOLDER], with codes such as 1.001193");
const config = readConfig(process.env);
const dir = knowledgeDir(config);
// Read one by one: an unfinished draft must not stand in the way of the next.
const curated = all("procedures", Procedure);
const kinds = readYaml(join(dir, "agencies", "kinds.yaml"), AgencyKinds, dir, [])?.value.kinds ?? [];
const catalogue = readCatalogue(catalogueFile(config.DATA_DIR));
for (const code of codes) draft(code);

function draft(code: string): void {
  const known = curated.find(({ value }) => [value.code, ...value.sameAs].includes(code));
  if (known) fail(`${code} has a record already: ${known.file}`);
  const procedure = catalogue?.facts(code);
  if (!procedure)
    fail(`the imported catalogue has no ${code}; run "motcua import" first, or correct the code`);
  const file = join(dir, "procedures", values.folder, `${code}-${slugOf(procedure.name)}.yaml`);
  if (existsSync(file)) fail(`${file} exists; finish that one`);
  const phrased = all("phrasings", Phrasings).find(({ value }) => Object.hasOwn(value.procedures, code));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, draftOf(procedure, phrased?.value.procedures[code]));
  if (phrased) {
    const path = join(dir, phrased.file);
    const rest = dropEntry(readFileSync(path, "utf8"), code);
    if (rest === undefined) fail(`${path}: take the phrasings of ${code} out by hand`);
    if (rest === "") rmSync(path);
    else writeFileSync(path, rest);
  }
  console.log(`${relative(process.cwd(), file)}: finish the lines marked VIẾT and VIỆC, then set status`);
}

function fail(problem: string): never {
  console.error(problem);
  process.exit(1);
}

function all<T extends z.ZodType>(folder: string, schema: T): Read<z.output<T>>[] {
  return yamlFiles(join(dir, folder)).flatMap((path) => readYaml(path, schema, dir, []) ?? []);
}

function draftOf(procedure: ImportedProcedure, phrased: Phrased | undefined): string {
  const { name, sector, level, url, retrieved } = procedure;
  const kind = kinds.find(
    (each) => each.sectors.includes(sector) && (level.length === 0 || level.includes(each.level)),
  );
  // A curated record holds what is told beside a local fee as a note.
  const ofFees = procedure.fees.flatMap((fee) =>
    fee.kind === "local" && fee.note ? [`Lệ phí: ${fee.note}`] : [],
  );
  const timeNotes = new Set(procedure.time.flatMap((limit) => ("note" in limit ? (limit.note ?? []) : [])));
  const record = {
    code: procedure.code,
    name,
    title: "VIẾT: tên ngắn, dễ hiểu, tối đa 60 ký tự",
    english: "VIẾT: English name",
    says: ["VIẾT: ít nhất 3 tên người dân hay gọi"],
    phrasings: phrased?.phrasings ?? ["VIẾT: ít nhất 8 câu hỏi như người dân gõ"],
    asked: phrased?.asked ?? "some",
    sector,
    level,
    agencyKind: kind?.kind ?? "VIẾT: loại cơ quan trong agencies/kinds.yaml",
    audience: [`VIẾT: ${procedure.audience.join("; ")}`],
    documents: procedure.documents.map(({ name: paper, ...rest }) => ({
      name: paper,
      plain: "VIẾT: nói như người hàng xóm nói, hoặc bỏ dòng này",
      ...rest,
    })),
    notNeeded: [],
    time: procedure.time,
    fees: procedure.fees.map((fee) => {
      if (fee.kind === "local") return { ...fee, note: undefined };
      return fee.kind === "unknown" ? { ...fee, label: undefined } : fee;
    }),
    // The portal writes the time limit beside each way once more.
    ways: procedure.ways.map(({ way, note }) => (note && !timeNotes.has(note) ? { way, note } : { way })),
    where: `VIẾT: ${[procedure.where, procedure.agency].filter(Boolean).join("; ")}`,
    steps: procedure.steps,
    result: procedure.result,
    conditions: procedure.conditions,
    mistakes: [],
    variants: [],
    related: [],
    notes: [...procedure.remarks, ...ofFees],
    differs: [],
    legalBasis: procedure.legalBasis,
    source: { name: "Cổng Dịch vụ công quốc gia", url, retrieved },
    checked: dayInVietnam(createClock(config.MOTCUA_NOW)()),
    status: "draft",
  };
  const tasks = [
    "VIỆC: kiểm từng dữ kiện với Cổng và với văn bản; viết lại bước, điều kiện bằng lời của mình, ngắn.",
    "VIỆC: giấy nào chỉ cần khi nào (when), giấy nào khỏi nộp (notNeeded), hay sai chỗ nào (mistakes).",
    "VIỆC: dễ lẫn với thủ tục nào (variants), làm trước, cùng lúc hoặc sau đó là thủ tục nào (related).",
    "VIỆC: điều chưa biết thì ghi ở notes, đừng đoán. Xong thì xóa các dòng này, ghi status: checked.",
  ];
  return `${tasks.map((task) => `# ${task}\n`).join("")}${stringify(record, { lineWidth: 0 })}`;
}

function slugOf(name: string): string {
  const words = fold(name.replace(/^thủ tục:?\s+/iu, "")).match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 10).join("-");
}
