/** Measures one setting of one peer in this process; started by contest.ts. */
import { z } from "zod";
import { words } from "../../src/text/fold.ts";
import { Judged } from "./judge.ts";
import { inputOf, measure, tell } from "./measure.ts";
import { PEERS } from "./peers/all.ts";
import { PeerDocument } from "./peers/peer.ts";

const { peer, setting, documents, questions, budget } = inputOf(
  z.object({
    peer: z.string(),
    setting: z.string(),
    documents: z.array(PeerDocument),
    questions: z.array(Judged),
    budget: z.number(),
  }),
);
const chosen = PEERS.find(({ name }) => name === peer)?.settings.find(({ label }) => label === setting);
if (!chosen) throw new Error(`no setting "${setting}" of ${peer}`);
const figures = await measure(
  async () => {
    const search = await chosen.build(documents);
    return (question) => search(words(question).join(" "));
  },
  questions,
  budget,
);
tell(figures);
