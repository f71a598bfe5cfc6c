import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { type Fault, type Read, readYaml } from "./read-yaml.ts";
import { Text } from "./source.ts";

/** A unit abolished or changed on 1 July 2025 (NQ 202/2025/QH15); `split`: only part of it came here. */
export type Former = {
  readonly name: string;
  readonly district: string;
  readonly province: string;
  readonly split: boolean;
};

/** A commune of today (xã, phường, đặc khu) and the former units it was made of. */
export type Commune = {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly was: readonly Former[];
};

/** A province or city of today and the former provinces in it. */
export type Province = {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly was: readonly string[];
};

/** `knowledge/places/everyday.yaml`: what people call a place (Sài Gòn), and the official name that it stands for. */
export const EverydayNames = z.strictObject({
  names: z.array(z.strictObject({ name: Text, means: Text })),
});

export type Places = {
  readonly provinces: ReadonlyMap<string, Province>;
  readonly communes: ReadonlyMap<string, Commune>;
  readonly everyday: readonly { readonly name: string; readonly means: string }[];
};

/*
 * The compact format, one file a province: a head line `code|name|short name|former provinces`, then a line a
 * commune: `code|name|former units`, where former units are grouped by district:
 * `Huyện Núi Thành, Tỉnh Quảng Nam: Thị trấn Núi Thành, Xã Tam Quang*; …` and `*` marks a unit that was split.
 */

/** Writes one province in the compact format. */
export function formatProvince(province: Province, communes: readonly Commune[]): string {
  const head = [province.code, province.name, province.short, province.was.join("; ")].join("|");
  const rows = communes.map((commune) => [commune.code, commune.name, formatFormer(commune.was)].join("|"));
  return `${[head, ...rows].join("\n")}\n`;
}

function formatFormer(was: readonly Former[]): string {
  const groups = new Map<string, string[]>();
  for (const unit of was) {
    const key = `${unit.district}, ${unit.province}`;
    groups.set(key, [...(groups.get(key) ?? []), unit.split ? `${unit.name}*` : unit.name]);
  }
  return [...groups].map(([key, names]) => `${key}: ${names.join(", ")}`).join("; ");
}

/** Reads every province file of `dir`; faults name file and line. */
export function readPlaces(
  dir: string,
  root: string,
  faults: Fault[],
  everyday = readYaml(join(dir, "everyday.yaml"), EverydayNames, root, faults),
): Places {
  const provinces = new Map<string, Province>();
  const communes = new Map<string, Commune>();
  let files: string[] = [];
  try {
    files = readdirSync(dir).filter((name) => name.endsWith(".txt"));
  } catch {
    faults.push({
      file: relative(root, dir),
      line: 1,
      problem: "no such folder; rebuild it with scripts/build-places.ts",
    });
  }
  for (const name of files.sort()) {
    const file = join(dir, name);
    const [head = "", ...rows] = readFileSync(file, "utf8").split("\n");
    const [code, full, short, was = ""] = head.split("|");
    if (!code || !full || !short) {
      const problem =
        "the first line must be code|name|short name|former provinces; rebuild it with scripts/build-places.ts";
      faults.push({ file: relative(root, file), line: 1, problem });
      continue;
    }
    provinces.set(code, { code, name: full, short, was: was.split("; ").filter(Boolean) });
    rows.forEach((row, index) => {
      if (row.trim() === "") return;
      const [communeCode, communeName, former = ""] = row.split("|");
      if (!communeCode || !communeName || communes.has(communeCode)) {
        const problem =
          "a line must be code|name|former units, each code once; rebuild it with scripts/build-places.ts";
        faults.push({ file: relative(root, file), line: index + 2, problem });
        return;
      }
      communes.set(communeCode, {
        code: communeCode,
        name: communeName,
        province: code,
        was: parseFormer(former),
      });
    });
  }
  checkEveryday(everyday, { provinces, communes }, faults);
  return { provinces, communes, everyday: everyday?.value.names ?? [] };
}

/** An everyday name stands for a province, a district or a commune, of today or before. */
function checkEveryday(
  everyday: Read<z.output<typeof EverydayNames>> | undefined,
  { provinces, communes }: Pick<Places, "provinces" | "communes">,
  faults: Fault[],
): void {
  const official = new Set([
    ...[...provinces.values()].flatMap(({ name, was }) => [name, ...was]),
    ...[...communes.values()].flatMap(({ name, was }) => [
      name,
      ...was.flatMap((unit) => [unit.name, unit.district]),
    ]),
  ]);
  everyday?.value.names.forEach(({ means }, index) => {
    if (official.has(means)) return;
    faults.push({
      file: everyday.file,
      line: everyday.lineOf(["names", index, "means"]),
      problem: `no place is called ${means}; write its official name, type and marks included`,
    });
  });
}

function parseFormer(text: string): Former[] {
  return text
    .split("; ")
    .filter(Boolean)
    .flatMap((group) => {
      const [where = "", names = ""] = group.split(": ");
      const [district = "", province = ""] = where.split(", ");
      return names.split(", ").map((name) => ({
        name: name.replace(/\*$/, ""),
        district,
        province,
        split: name.endsWith("*"),
      }));
    });
}
