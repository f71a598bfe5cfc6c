import type { Complaint } from "../complaints/complaint.ts";

/**
 * Where, in the order of filing, those begin that were filed at `since` or later: by reading few of them.
 * @param count of all
 * @param read undefined where a case cannot be read; it counts as filed later, so that none is missed
 */
export async function firstSince(
  since: Date,
  count: number,
  read: (place: number) => Promise<Complaint | undefined>,
): Promise<number> {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const complaint = await read(middle);
    if (complaint && Date.parse(complaint.filedAt) < since.getTime()) from = middle + 1;
    else to = middle;
  }
  return from;
}
