import "node:v8";

// Documented for classes that extend it, and missing in the types.
declare module "node:v8" {
  interface DefaultDeserializer {
    /** Reads an array of numbers, as a view of the bytes where they lie so. */
    _readHostObject(): unknown;
  }
}
