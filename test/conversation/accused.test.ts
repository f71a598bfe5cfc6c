import { describe, expect, it } from "vitest";
import { barredFor, route } from "../../src/complaints/route.ts";
import { withFacts } from "../../src/conversation/facts.ts";
import { fold } from "../../src/text/fold.ts";
import { reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import { guide } from "./talk.ts";

const { directory } = guide.rules;
const NOW = new Date("2026-11-20T02:00:00Z");
/** Some thousand sentences on a busy machine. */
const PATIENCE = 120_000;

/** Who would hear of this, told in one's own words, and who may not. */
function heard(text: string): { readonly to: readonly string[]; readonly barred: ReadonlySet<string> } {
  const draft = { id: "a", kind: "attitude", story: [text], placeChoices: [], done: [], shown: 0 } as const;
  const told = withFacts(
    { ...draft, story: [text], placeChoices: [], done: [], step: "place" },
    reader.read(text, NOW),
  );
  const question = { kind: "attitude", about: told.about, place: told.place?.code } as const;
  const { to, copy } = route(question, directory);
  return { to: [...to, ...copy], barred: barredFor(question, directory) };
}

describe("whoever is accused in one's own words does not hear of it", () => {
  const offices = [...directory.agencies.values()].filter(({ area }) =>
    knowledge.places.provinces.has(area ?? ""),
  );

  it(
    "every office of a province by each of its names, with marks or without",
    () => {
      const faults = offices.flatMap(({ id, area, name, says }) => {
        const province = knowledge.places.provinces.get(area ?? "")?.name ?? "";
        return [name, ...says].flatMap((said) => {
          const sentence = `cán bộ ${said} quát mắng tôi khi tôi hỏi hồ sơ, ${province}`;
          return [sentence, fold(sentence)].flatMap((text) => {
            const { to, barred } = heard(text);
            return to.includes(id) || !barred.has(id) ? [`${text}: ${to.join()}`] : [];
          });
        });
      });
      expect(offices.length).toBeGreaterThan(80);
      expect(faults).toEqual([]);
    },
    PATIENCE,
  );

  it.each([
    ["cán bộ thuế ở phường Hải Châu, Đà Nẵng quát tôi", "thue-tp-da-nang", "cuc-thue"],
    ["nhân viên cơ quan bảo hiểm ở Hải Châu, Đà Nẵng quát tôi", "bhxh-tp-da-nang", "bhxh-viet-nam"],
    ["bảo hiểm xã hội quảng nam cũ, phường Tam Kỳ quát mắng tôi", "bhxh-tp-da-nang", "bhxh-viet-nam"],
    ["công an đà nẵng quát tôi", "cong-an-tp-da-nang", "bo-cong-an"],
  ])("nor the office above that has the same name: %s", (text, office, superior) => {
    const { to, barred } = heard(text);
    expect(to).toEqual([superior]);
    expect(barred).toContain(office);
  });

  it.each([
    ["cán bộ thuế phường Hải Châu, Đà Nẵng quát tôi", "thue-tp-da-nang"],
    ["bảo hiểm xã hội huyện Núi Thành, Quảng Nam quát tôi", "bhxh-tp-da-nang"],
    ["công an phường Hải Châu Đà Nẵng quát tôi", "cong-an-tp-da-nang"],
    ["đội thuế Hải Châu, Đà Nẵng quát tôi", "thue-tp-da-nang"],
  ])("while a base office that is named as one answers to that: %s", (text, superior) => {
    expect(heard(text).to).toEqual([superior]);
  });
});
