import type { Agency } from "../knowledge/agency.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { agenciesNamed, syllablesOf } from "../officials/find-agency.ts";
import { InputError } from "./command.ts";

/** Agencies listed where a name leaves it open. */
const MOST = 10;

/**
 * The id of the agency that an operator names by its id or by its whole name, with or without its province.
 * @throws InputError that lists the ids of those that may be meant
 */
export function agencyIn(
  named: string,
  { agencies, places }: Pick<Knowledge, "agencies" | "places">,
): string {
  if (agencies.has(named)) return named;
  const provinceOf = ({ area = "" }: Agency): string =>
    places.provinces.get(places.communes.get(area)?.province ?? area)?.short ?? "";
  const asked = keyOf(named);
  const province = [...places.provinces.values()].find(({ short }) => asked.endsWith(` ${keyOf(short)}`));
  const short = province ? keyOf(province.short) : "";
  const inProvince = province
    ? agenciesNamed(asked.slice(0, -short.length), agencies).filter(
        (agency) => provinceOf(agency) === province.short,
      )
    : [];
  const found = inProvince.length > 0 ? inProvince : agenciesNamed(named, agencies);
  const whole = found.filter(({ name }) => [keyOf(name), `${keyOf(name)} ${short}`].includes(asked));
  const [only] = whole;
  if (only && whole.length === 1) return only.id;
  if (found.length === 0)
    throw new InputError(`no agency ${named}; write its name, as “UBND xã Núi Thành, Đà Nẵng”`);
  const lines = found
    .slice(0, MOST)
    .map((agency) => `  ${agency.id}  ${[agency.name, provinceOf(agency)].filter(Boolean).join(", ")}`);
  const more =
    found.length > MOST ? [`  … and ${found.length - MOST} more; add the commune and the province`] : [];
  throw new InputError([`no agency ${named}; one of these, by its id:`, ...lines, ...more].join("\n"));
}

const keyOf = (name: string): string => syllablesOf(name).join(" ");
