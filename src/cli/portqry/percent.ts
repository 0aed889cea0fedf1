/** A share as PortQry prints it, with two digits after the point: `68.92%`. */
export function percentText(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)}%`;
}
