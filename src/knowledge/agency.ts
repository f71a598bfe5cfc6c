import { z } from "zod";
import { Day, Source, Status, Text } from "./source.ts";

const Id = z.string().regex(/^[a-z0-9-]+$/, "use small letters without marks, digits and hyphens");

/** A kind of agency (loại cơ quan): what every agency of its kind is competent for, and who stands above it. */
export const AgencyKind = z.strictObject({
  kind: Id,
  name: Text,
  level: z.enum(["commune", "province", "ministry", "other"]),
  /** Vertical agencies (ngành dọc) answer to their own superior, not to the People's Committee. */
  vertical: z.boolean().default(false),
  /** Kind of the superior that handles complaints about it (Luật Tố cáo 2018 Đ.13; law.md C4). */
  superior: Id.optional(),
  /** What its head is called (Luật Tố cáo 2018 Đ.13); absent where that is not known for sure. */
  head: Text.optional(),
  /** Sectors of procedures it answers for. */
  sectors: z.array(Text).default([]),
  /** How people and old papers call it: folded words found in complaints. */
  says: z.array(Text).default([]),
});
export type AgencyKind = z.infer<typeof AgencyKind>;

/** One agency (cơ quan) of the directory. */
export const Agency = z.strictObject({
  id: Id,
  name: Text,
  kind: Id,
  /** Code of the province or commune it serves; absent: the whole country. */
  area: z.string().optional(),
  superior: Id.optional(),
  says: z.array(Text).default([]),
});
export type Agency = z.infer<typeof Agency>;

/** A province's directory file. Communes' agencies are generated from places for the kinds listed. */
export const Directory = z.strictObject({
  province: z.string().optional(),
  agencies: z.array(Agency),
  /** For each commune one agency of each of these kinds is generated. */
  perCommune: z
    .array(
      z.strictObject({
        kind: Id,
        prefix: Id,
        name: Text,
        /** An agency id; `{commune}` in it stands for the commune's own slug. */
        superior: z
          .string()
          .regex(/^[a-z0-9-]+(\{commune\})?$/, "write an agency id, or one ending in {commune}"),
      }),
    )
    .default([]),
  source: Source,
  checked: Day,
  status: Status,
});
export type Directory = z.infer<typeof Directory>;

/** File of kinds. */
export const AgencyKinds = z.strictObject({
  kinds: z.array(AgencyKind),
  source: Source,
  checked: Day,
  status: Status,
});
