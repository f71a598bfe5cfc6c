import { cleanRecord } from "../../../src/catalogue/clean.ts";
import { clean } from "../../../src/text/clean.ts";
import { fold, syllables } from "../../../src/text/fold.ts";
import { dossierCodeIn, emailIn, phoneIn, trackingCodeIn } from "../../../src/understanding/codes.ts";
import { readDay, readDays } from "../../../src/understanding/dates.ts";
import { personalDataIn, withoutPersonalData } from "../../../src/understanding/personal-data.ts";
import { cleaned, detail } from "../../../test/catalogue/records.ts";
import { reader } from "../../../test/fixtures/real-guide.ts";
import type { Seeded } from "../../bench/seeded.ts";
import { spoiled, text } from "./nasty.ts";
import { type Target, Wrong } from "./target.ts";

const NOW = new Date("2026-11-20T09:00:00+07:00");
const MANY = 20;

const still = (name: string, one: (random: Seeded) => void): Target => ({
  name,
  open: () =>
    Promise.resolve({
      attempt: (random) => {
        for (let left = MANY; left > 0; left--) one(random);
        return Promise.resolve(MANY);
      },
      close: () => Promise.resolve(),
    }),
});

/** Texts through everything that reads them. */
export const texts = still("texts", (random) => {
  const given = text(random);
  const cleanText = clean(given);
  if (!cleanText.isWellFormed()) throw new Wrong("a cleaned text holds half a character");
  if (clean(cleanText) !== cleanText) throw new Wrong("cleaning twice is not cleaning once");
  if (fold(fold(given)) !== fold(given)) throw new Wrong("folding twice is not folding once");
  syllables(given);
  for (const read of [trackingCodeIn, dossierCodeIn, emailIn, phoneIn]) read(given);
  readDays(given, NOW);
  const day = readDay(given, NOW);
  if (day !== undefined && Number.isNaN(Date.parse(day))) throw new Wrong(`${day} is no day`);
  const composed = given.normalize("NFC");
  for (const { at, length } of personalDataIn(given))
    if (length < 1 || at < 0 || at + length > composed.length) throw new Wrong("personal data lie outside");
  withoutPersonalData(given, "…");
  if (given.length <= 4000) reader.read(cleanText, NOW);
});

/** Records of the national catalogue. */
export const catalogue = still("catalogue", (random) => {
  const outcome = cleanRecord(spoiled(random.next() < 0.5 ? cleaned() : detail(), random, 0.05));
  if (outcome.kind === "refused" && outcome.reason === "") throw new Wrong("refused without a reason");
});
