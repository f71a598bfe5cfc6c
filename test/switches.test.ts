import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type LiveSwitches,
  liveSwitches,
  readSwitch,
  readSwitches,
  switchesFile,
  toldOf,
  writeSwitch,
} from "../src/switches.ts";

const AGENCIES = new Set(["so-noi-vu"]);
const REASON = "Đang sửa dữ liệu";
let file: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "motcua-switches-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = switchesFile(join(folder, "data"));
});

/** Live switches that are asked a second after they were asked last. */
function slowlyAsked(log: Parameters<typeof liveSwitches>[2]): LiveSwitches {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const live = liveSwitches(file, AGENCIES, log);
  const later = <T>(ask: () => T): T => {
    vi.advanceTimersByTime(1000);
    return ask();
  };
  return { now: () => later(live.now), faults: () => later(live.faults) };
}

describe("the switches file", () => {
  test("is written by the command's words and read back, everything else in it kept", () => {
    for (const what of ["answers", "intake", "agency:so-noi-vu", "channel:telegram"]) {
      const target = readSwitch(what, AGENCIES);
      if (typeof target === "string") throw new Error(target);
      expect(writeSwitch(file, target, REASON)).toEqual([]);
    }
    const { switches, faults } = readSwitches(file, AGENCIES);
    expect(faults).toEqual([]);
    expect(switches.answers).toBe(`${REASON}.`);
    expect(switches.intake).toBe(`${REASON}.`);
    expect([...switches.agencies]).toEqual([["so-noi-vu", `${REASON}.`]]);
    expect([...switches.channels]).toEqual([["telegram", `${REASON}.`]]);
    expect(toldOf(switches)).toHaveLength(4);
    writeSwitch(file, { kind: "intake" }, undefined);
    writeSwitch(file, { kind: "agency", name: "so-noi-vu" }, undefined);
    expect(toldOf(readSwitches(file, AGENCIES).switches)).toHaveLength(2);
    expect(readFileSync(file, "utf8")).toContain("motcua switch --help");
  });

  test("takes nothing that is no sentence, and no agency or channel that there is not", () => {
    for (const reason of ["", "    ", "hi", "a\nb c d e f", "x".repeat(301)])
      expect(() => writeSwitch(file, { kind: "intake" }, reason), reason).toThrow();
    expect(toldOf(readSwitches(file, AGENCIES).switches)).toEqual([]);
    for (const what of ["agency:none", "channel:fax", "answer", "answers:x", "agency:", ""])
      expect(typeof readSwitch(what, AGENCIES), what).toBe("string");
  });

  test("that cannot be looked at is a fault, and the last good switches hold", () => {
    const live = slowlyAsked(() => {});
    writeSwitch(file, { kind: "intake" }, REASON);
    expect(live.now().intake).toBe(`${REASON}.`);
    rmSync(file);
    symlinkSync(file, file);
    expect(live.now().intake).toBe(`${REASON}.`);
    expect(live.faults()).toMatchObject([{ problem: expect.stringContaining("ELOOP") }]);
    rmSync(file);
    expect(live.now().intake).toBeUndefined();
  });

  test("is looked at anew a tenth of a second after it was, and not for each message", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const live = liveSwitches(file, AGENCIES, () => {});
    expect(live.now().intake).toBeUndefined();
    writeSwitch(file, { kind: "intake" }, REASON);
    vi.advanceTimersByTime(99);
    expect(live.now().intake).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(live.now().intake).toBe(`${REASON}.`);
  });

  test("is seen when it changes; while it has faults the last good switches hold", () => {
    const lines: string[] = [];
    const live = slowlyAsked((_, event) => void lines.push(event));
    expect(toldOf(live.now())).toEqual([]);
    writeSwitch(file, { kind: "answers" }, REASON);
    expect(live.now().answers).toBe(`${REASON}.`);
    for (const bad of ["answers: [", "answer: abcdef\n", "agencies: { none: abcdef }\n", "intake: 5\n"]) {
      writeFileSync(file, bad);
      expect(live.now().answers, bad).toBe(`${REASON}.`);
      expect(live.faults().length).toBeGreaterThan(0);
      expect(typeof writeSwitch(file, { kind: "intake" }, REASON)).toBe("object");
    }
    rmSync(file);
    expect(toldOf(live.now())).toEqual([]);
    expect(live.faults()).toEqual([]);
    expect(lines).toContain("switches file has faults; the last good switches hold");
  });
});
