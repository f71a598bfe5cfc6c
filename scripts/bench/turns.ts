import { takeTurn } from "../../src/commands/ask.ts";
import { newSession } from "../../src/conversation/session.ts";
import { idsOf } from "./judge.ts";
import { NOW } from "./labels.ts";
import type { Run } from "./part.ts";

/** What one turn of a dialogue was understood as, beside what was meant. */
type Turn = { readonly procedure: boolean; readonly aspect: boolean };

/** All turns of the labelled dialogues; where no procedure is meant, naming none is right in both. */
export function turnsOf({ guide, labels }: Run): Turn[] {
  return labels.dialogues.flatMap(({ turns }) => {
    let session = newSession();
    return turns.map(({ user, codes, aspect }) => {
      const taken = takeTurn(user, session, guide, NOW);
      session = taken.session;
      const { results, aspect: understood } = taken.described;
      if (codes === null || codes.length === 0) {
        const silent = results.length === 0;
        return { procedure: silent, aspect: silent };
      }
      const found = idsOf(
        results.slice(0, 1).map(({ code }) => code),
        guide.finder,
      );
      const right = idsOf(codes, guide.finder);
      return { procedure: found.some((id) => right.includes(id)), aspect: understood === aspect };
    });
  });
}
