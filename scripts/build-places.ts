/**
 * Rebuilds knowledge/places from three fact files: provinces.json, communes.ndjson, old_to_new.ndjson.
 * Usage: tsx scripts/build-places.ts FOLDER
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Former, formatProvince } from "../src/knowledge/place.ts";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error(
    "usage: tsx scripts/build-places.ts FOLDER (with provinces.json, communes.ndjson, old_to_new.ndjson)",
  );
  process.exit(2);
}
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const lines = <T extends z.ZodType>(name: string, schema: T): z.output<T>[] =>
  read(name)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => schema.parse(JSON.parse(line)));

const provinces = z
  .array(z.object({ code: z.string(), name: z.string(), shortName: z.string() }))
  .parse(JSON.parse(read("provinces.json")));
const communes = lines(
  "communes.ndjson",
  z.object({ code: z.string(), name: z.string(), provinceCode: z.string() }),
);
const former = lines(
  "old_to_new.ndjson",
  z.object({
    /** Null for island districts that had no communes; the district itself is the former unit then. */
    oldName: z.string().nullable(),
    oldDistrict: z.string(),
    oldProvince: z.string(),
    split: z.boolean(),
    new: z.array(z.object({ code: z.string(), provinceCode: z.string() })),
  }),
);

const before = new Map<string, Former[]>();
const formerProvinces = new Map<string, Set<string>>();
for (const unit of former) {
  for (const target of unit.new) {
    const known = before.get(target.code) ?? [];
    known.push({
      name: (unit.oldName ?? unit.oldDistrict).normalize("NFC"),
      district: unit.oldDistrict.normalize("NFC"),
      province: unit.oldProvince.normalize("NFC"),
      split: unit.new.length > 1,
    });
    before.set(target.code, known);
    const set = formerProvinces.get(target.provinceCode) ?? new Set();
    formerProvinces.set(target.provinceCode, set.add(unit.oldProvince.normalize("NFC")));
  }
}
for (const province of provinces) {
  const own = communes.filter((commune) => commune.provinceCode === province.code);
  const text = formatProvince(
    {
      code: province.code,
      name: province.name.normalize("NFC"),
      short: province.shortName.normalize("NFC"),
      was: [...(formerProvinces.get(province.code) ?? [])].sort(),
    },
    own.map((commune) => ({
      code: commune.code,
      name: commune.name.normalize("NFC").replaceAll(/\s+/g, " ").trim(),
      province: province.code,
      was: before.get(commune.code) ?? [],
    })),
  );
  writeFileSync(join("knowledge", "places", `${province.code}.txt`), text);
}
console.log(
  `${provinces.length} provinces, ${communes.length} communes, ${former.length} former units written`,
);
