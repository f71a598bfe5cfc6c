import type { Api } from "grammy";
import type { Message } from "grammy/types";
import type { IncomingFile } from "../evidence/evidence.ts";
import { within } from "./telegram-signal.ts";

/** Telegram hands nothing larger out to bots. */
const LARGEST = 20_000_000;
const CALL_MS = 10_000;
const DOWNLOAD_MS = 60_000;

type Pointer = { readonly id: string; readonly size: number };

/** The file in a message: the largest size of a photograph, a document, a recording or a film. */
function pointerIn(message: Message): Pointer | undefined {
  const { photo, document, voice, audio, video, video_note } = message;
  const found = photo?.at(-1) ?? document ?? voice ?? audio ?? video ?? video_note;
  return found && { id: found.file_id, size: found.file_size ?? 0 };
}

/**
 * What was sent with a message, to be fetched when it is wanted.
 * @param download address that files are had from, with the token: it must not reach a log
 */
export function fileOf(message: Message | undefined, api: Api, download: string): IncomingFile | undefined {
  const pointer = message && pointerIn(message);
  if (!pointer) return undefined;
  const { caption } = message;
  return {
    ...(typeof caption === "string" && { caption }),
    load: async (most) => {
      if (pointer.size > Math.min(most, LARGEST)) return "large";
      try {
        const { file_path: path } = await api.getFile(pointer.id, within(CALL_MS));
        if (path === undefined) return "unreachable";
        const response = await fetch(`${download}/${path}`, {
          redirect: "error",
          signal: AbortSignal.timeout(DOWNLOAD_MS),
        });
        return response.ok ? await readAtMost(response, most) : "unreachable";
      } catch {
        // The cause may tell the address, and that the token. The person is asked to send it again.
        return "unreachable";
      }
    },
  };
}

async function readAtMost(response: Response, most: number): Promise<Uint8Array | "large"> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) return "large";
    parts.push(part);
  }
  return Buffer.concat(parts);
}
