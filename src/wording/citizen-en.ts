import { vietnamese, type Wording } from "./citizen.ts";
export const english: Wording = vietnamese;
