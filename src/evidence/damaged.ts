/** A picture that is not built as its type wants it: what cannot be read cannot be cleaned. */
export class Damaged extends Error {
  override name = "Damaged";
}
