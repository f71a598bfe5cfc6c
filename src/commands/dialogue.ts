import { z } from "zod";
import { newSession } from "../conversation/session.ts";
import { takeTurn } from "./ask.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { commandGuide, takeAnswerArgs } from "./guide.ts";

const Dialogue = z.object({ id: z.string(), turns: z.array(z.string()) });

export const dialogue: Command = {
  summary: "hold one conversation a line of standard input",
  usage:
    'dialogue [--catalogue FILE]…   (reads {"id","turns":["…"]} a line, writes {"id","turns":[…]} a line)',
  run: async (context) => {
    // Its answers are JSON with or without the word.
    const { catalogue, words } = takeAnswerArgs(context.args);
    if (words.length > 0) throw new UsageError("dialogue reads its lines from standard input");
    const { guide, now } = await commandGuide(context, catalogue);
    let line = 0;
    for await (const text of context.lines()) {
      line++;
      if (text.trim() === "") continue;
      const { id, turns } = parseLine(text, line);
      let session = newSession();
      const told = turns.map((turn) => {
        const taken = takeTurn(turn, session, guide, now());
        session = taken.session;
        return taken.described;
      });
      context.out(`${JSON.stringify({ id, turns: told })}\n`);
    }
    return 0;
  },
};

function parseLine(text: string, line: number): z.infer<typeof Dialogue> {
  try {
    return Dialogue.parse(JSON.parse(text));
  } catch {
    throw new InputError(`line ${line} is not {"id": "…", "turns": ["…"]}; correct it`);
  }
}
