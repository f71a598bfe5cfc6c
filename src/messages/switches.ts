/** What the operator has turned off, each with the reason, one sentence, that citizens read. */
export type Switches = {
  /** Answers to questions. */
  readonly answers?: string;
  /** Taking complaints in. */
  readonly intake?: string;
  /** By agency: its deliveries wait. */
  readonly agencies: ReadonlyMap<string, string>;
  /** By channel: what comes in is answered with the reason, what goes out waits. */
  readonly channels: ReadonlyMap<string, string>;
};

/** Nothing is turned off. */
export const ALL_ON: Switches = { agencies: new Map(), channels: new Map() };
