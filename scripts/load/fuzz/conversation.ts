import { talk } from "../../../test/conversation/talk.ts";
import type { Seeded } from "../../bench/seeded.ts";
import { text, value } from "./nasty.ts";
import { type Target, Wrong } from "./target.ts";

const TURNS = 10;
const CHOICES = [
  "d:send:x:1",
  "d:skip:apology",
  "complain",
  "f:up:x",
  "menu",
  "d:",
  "",
  ":::",
  "w:yes:x",
  "o:1",
];

/** Conversations with the pure core: buttons that are shown, buttons that are not, and texts. */
export const conversation: Target = {
  name: "conversation",
  open: () =>
    Promise.resolve({
      attempt: (random: Seeded) => {
        const person = talk();
        let shown: readonly { readonly id: string }[] = [];
        for (let turn = 0; turn < TURNS; turn++) {
          const said = turnOf(person, shown, random);
          shown = said.choices;
          if (said.text.trim() === "") throw new Wrong("nothing was said");
          if (!said.text.isWellFormed())
            throw new Wrong(`half a character was said: ${JSON.stringify(said.text).slice(0, 300)}`);
          if (said.text.length > 20_000) throw new Wrong(`${said.text.length} characters were said`);
          for (const { id } of shown) if (id.length > 64) throw new Wrong(`a button is too long: ${id}`);
        }
        return Promise.resolve(TURNS);
      },
      close: () => Promise.resolve(),
    }),
};

function turnOf(
  person: ReturnType<typeof talk>,
  shown: readonly { readonly id: string }[],
  random: Seeded,
): ReturnType<ReturnType<typeof talk>["types"]> {
  const chance = random.next();
  if (chance < 0.35 && shown.length > 0) return person.chooses(random.pick(shown).id);
  if (chance < 0.42) return person.chooses(random.pick(CHOICES));
  if (chance < 0.46) return person.chooses((JSON.stringify(value(random)) ?? "").slice(0, 128));
  if (chance < 0.48) return person.receives({ kind: "unsupported" });
  return person.types(text(random));
}
