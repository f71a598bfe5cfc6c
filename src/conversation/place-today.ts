import type { Places } from "../knowledge/place.ts";
import type { Reply } from "../messages/message.ts";
import { words } from "../text/fold.ts";
import type { Whereabouts } from "../understanding/places.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";

/** "… giờ thuộc tỉnh nào", "… sáp nhập vào đâu", "xã mới của … tên gì". */
const ASKS =
  /\b(?:gio|nay|bay gio|hien nay|bay chu|moi)\b.*\b(?:thuoc|la|ten|goi|nhap|doi|thanh|o)\b.*\b(?:nao|gi|dau|mo)\b|\b(?:sap nhap|nhap|chia|doi ten)\b.*\b(?:nao|gi|dau|mo)\b|\b(?:xa|phuong|tinh) moi\b|\b(?:now called|now part of|new name of)\b/;
/** Communes named; a former city has dozens. */
const MOST = 12;

/** Something is to be done there: the person asks for that. */
const ACTS = /\b(?:dang ky|lam|nop|xin|cap|lay|khai|bao|register|apply)\b/;
/** Words beside the place's name. */
const FEW = 9;

/** Whether a message asks what a place is today, and nothing else. */
export function asksPlaceToday({ place, folded }: Reading): boolean {
  if (!place) return false;
  const rest = folded.replace(words(place.text).join(" "), "");
  return rest.trim().split(/\s+/).length <= FEW && !ACTS.test(rest) && ASKS.test(rest);
}

type Named = { readonly place?: Whereabouts | undefined; readonly folded: string };

/** Whether a message is nothing but the name of a place. */
export function isPlace({ place, folded }: Named): boolean {
  return place !== undefined && words(place.text).join(" ").length >= folded.length - 2;
}

/** What the place that a message names is today; undefined when it names none. */
export function placeToday(
  { place }: Pick<Reading, "place">,
  places: Places,
  wording: Wording,
): Reply | undefined {
  if (!place) return undefined;
  const communes = place.commune ? [place.commune] : place.choices;
  const today = communes.map(({ name, province }) =>
    [name, places.provinces.get(province)?.name].filter(Boolean).join(", "),
  );
  const named = today.length > 0 ? today : place.province ? [place.province.name] : [];
  if (named.length === 0) return undefined;
  const { placeIs, placeIsOneOf, placeMore, placeSource } = wording.answers;
  const asked = place.former ?? place.text;
  const [only = ""] = named;
  const lines =
    named.length === 1
      ? [placeIs(asked, only)]
      : [
          placeIsOneOf(asked),
          ...named.slice(0, MOST).map((name) => `– ${name}`),
          ...(named.length > MOST ? [placeMore(named.length - MOST)] : []),
        ];
  return { text: [...lines, "", placeSource].join("\n"), choices: [] };
}
