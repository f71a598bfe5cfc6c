// The package brings no types; this is the part of it that we use.
declare module "fs-native-extensions" {
  /** Takes an exclusive kernel lock on an open file; false when somebody else has it. */
  export function tryLock(fd: number): boolean;
}
