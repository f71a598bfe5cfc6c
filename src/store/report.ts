/** Something about the store that an operator should hear of: flat, and nothing of anybody's. */
export type StoreFact = {
  readonly event:
    | "torn_tail_cut"
    | "older_snapshot_used"
    | "snapshot_unproven"
    | "snapshot_written"
    | "snapshot_failed"
    | "journal_full"
    | "journal_stopped"
    | "case_unreadable"
    | "database_lost"
    | "database_back";
  readonly file?: string;
  readonly complaint?: string;
  readonly seq?: number;
  /** Bytes, for `torn_tail_cut` and `snapshot_written`. */
  readonly count?: number;
  readonly problem?: string;
};
export type OnReport = (fact: StoreFact) => void;

/** Where a crash harness may kill the process, or make the step fail by throwing an error with a system code. */
export type FailPointName =
  | "before-write"
  | "mid-write"
  | "after-write"
  | "before-snapshot"
  | "after-talk"
  | "before-link"
  | "before-rename"
  | "after-rename"
  | "before-drop"
  | "after-drop";
export type FailPoint = (name: FailPointName) => void;
