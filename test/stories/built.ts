/** Builds the program once for all stories. */
import type { TestProject } from "vitest/node";
import { type Build, build } from "./build.ts";

declare module "vitest" {
  export interface ProvidedContext {
    build: Build;
  }
}

let remove: (() => Promise<void>) | undefined;

export async function setup({ provide }: TestProject): Promise<void> {
  const { remove: removing, ...built } = await build();
  remove = removing;
  provide("build", built);
}

export async function teardown(): Promise<void> {
  await remove?.();
}
