import { day } from "./citizen.ts";

type Sized = { readonly name: string; readonly type: string; readonly size: number };

const GROUPS: readonly (readonly [start: string, word: string])[] = [
  ["image/", "ảnh"],
  ["application/pdf", "tệp PDF"],
  ["audio/", "tệp ghi âm"],
  ["video/", "đoạn phim"],
];

/** "2 ảnh, 1 tệp PDF" */
export function filesOf(files: readonly Pick<Sized, "type">[]): string {
  return GROUPS.flatMap(([start, word]) => {
    const count = files.filter(({ type }) => type.startsWith(start)).length;
    return count > 0 ? [`${count} ${word}`] : [];
  }).join(", ");
}

/** "1,4 MB", "320 kB" */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}

/** The files of a case with the addresses they can be had at. @param until ISO day, the last one */
export function fileLinks(files: readonly (Sized & { readonly url: string })[], until: string): string[] {
  if (files.length === 0) return [];
  return [
    `Ảnh, tệp kèm theo (chỉ dùng để giải quyết vụ này; mở được đến hết ngày ${day(until)}):`,
    ...files.map(({ name, size, url }) => `${name} (${sizeOf(size)}): ${url}`),
  ];
}
