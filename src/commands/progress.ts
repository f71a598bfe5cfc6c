/** Shows how far something is: a bar on a terminal, elsewhere now and then a line. */
export type Progress = { show(done: number, total: number): void; end(): void };

const WIDTH = 30;
/** Steps between two lines where there is no terminal. */
const EVERY = 500;

/** `lines`: say it in lines where there is no terminal; what takes seconds needs none. */
export function createProgress(
  write: (text: string) => void,
  { terminal, lines }: { readonly terminal: boolean; readonly lines: boolean },
): Progress {
  let shown = "";
  return {
    show: (done, total) => {
      if (terminal) {
        const part = total > 0 ? Math.min(done / total, 1) : 0;
        const filled = Math.round(part * WIDTH);
        const bar = `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${Math.floor(part * 100)} %`;
        if (bar !== shown) write(`\r${bar}`);
        shown = bar;
      } else if (lines && (done % EVERY === 0 || done === total)) write(`${done} of ${total}\n`);
    },
    end: () => {
      if (shown !== "") write(`\r${" ".repeat(shown.length)}\r`);
      shown = "";
    },
  };
}
