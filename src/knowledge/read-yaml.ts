import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Compiled } from "./compiled.ts";

/** One thing wrong in a data file: where it stands and, in `problem`, what is wrong and what to do. */
export type Fault = { readonly file: string; readonly line: number; readonly problem: string };

/** A record read from a file, with the line each of its paths stands on (for cross-reference faults). */
export type Read<T> = {
  readonly file: string;
  readonly value: T;
  lineOf(path: readonly PropertyKey[]): number;
};

/** The YAML files below a folder, in a stable order; none when the folder is missing. */
export function yamlFiles(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}

/** Another one as soon as the file is another, comes, goes, or cannot be looked at, as on a network folder that is away. */
export function fileStamp(file: string): string {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : "none";
  } catch (error) {
    return error instanceof Error ? error.message : "unknown";
  }
}

/**
 * Reads and validates one YAML file. Every fault of the file is pushed to `faults`; the result is undefined
 * when there was any. `root` shortens the file's name in the fault; `compiled` may know the file already.
 */
export function readYaml<T extends z.ZodType>(
  file: string,
  schema: T,
  root: string,
  faults: Fault[],
  compiled?: Compiled,
): Read<z.output<T>> | undefined {
  const name = relative(root, file) || file;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    faults.push({
      file: name,
      line: 1,
      problem: `cannot be read (${describe(error)}); check the file and its rights`,
    });
    return undefined;
  }
  const known = schema.safeParse(compiled?.get(text));
  if (!known.success) return parseYaml(text, name, schema, faults);
  // Lines are asked for only when files contradict each other.
  let parsed: Read<z.output<T>> | undefined;
  const lineOf = (path: readonly PropertyKey[]): number => {
    parsed ??= parseYaml(text, name, schema, []);
    return parsed?.lineOf(path) ?? 1;
  };
  return { file: name, value: known.data, lineOf };
}

/** Validates the text of one YAML file; see {@link readYaml}. */
export function parseYaml<T extends z.ZodType>(
  text: string,
  name: string,
  schema: T,
  faults: Fault[],
): Read<z.output<T>> | undefined {
  const lines = new LineCounter();
  // The library's own warnings quote what it reads, which may be a secret; what matters is told as a fault.
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" });
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      const problem = `is not valid YAML: ${error.message.split("\n")[0] ?? ""}; correct the indentation or the quotes`;
      faults.push({ file: name, line: lines.linePos(error.pos[0]).line, problem });
    }
    return undefined;
  }
  /** The name of a field, or a list's entry. */
  const nodeAt = (path: readonly PropertyKey[]): unknown => {
    const parent = document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return document.getIn(path, true);
    return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
  };
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = nodeAt(path.slice(0, depth));
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch (error) {
    // Only building the value shows an alias without its anchor, or one that unfolds without end.
    const problem = `is not valid YAML: ${describe(error)}; put words that begin with * or & into quotes`;
    faults.push({ file: name, line: 1, problem });
    return undefined;
  }
  const parsed = schema.safeParse(plain, { reportInput: true });
  if (parsed.success) return { file: name, value: parsed.data, lineOf };
  for (const issue of parsed.error.issues) {
    const at = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
    const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    faults.push({ file: name, line: lineOf([...issue.path, ...unknown]), problem: at + remedy(issue) });
  }
  return undefined;
}

function remedy(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `unknown field ${issue.keys.join(", ")}; correct the spelling or remove it`;
  }
  if (issue.code === "invalid_type" && issue.input === undefined) return "is missing; add it";
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
