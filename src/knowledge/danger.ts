import { z } from "zod";

/** What danger somebody is in; `child`: a child suffers violence; `rescue`: in water, under ruins, stuck, lost. */
export const Danger = z.enum(["suicide", "police", "child", "fraud", "fire", "rescue", "medical"]);
export type Danger = z.infer<typeof Danger>;
